/**
 * The claims of the report, their predictions for the runs of a setting, and the tests of these
 * predictions.
 */
package org.bagnetlab.server.results.claim;
