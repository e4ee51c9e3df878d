/**
 * The numbers that experiments measured, each with its position. They are shown as rows for other
 * programs, as tables of an experiment, and together with the numbers of the report.
 */
package org.bagnetlab.server.results.number;
