/**
 * The numbers that experiments measured, each with its position: as rows for other programs, as
 * tables of an experiment, and next to the report's numbers.
 */
package org.bagnetlab.server.results.number;
