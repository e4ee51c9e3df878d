/** The report's claims, their predictions for the runs of a setting, and the tests of these. */
package org.bagnetlab.server.results.claim;
