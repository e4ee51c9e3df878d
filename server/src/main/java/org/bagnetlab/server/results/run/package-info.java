/**
 * Trainings that succeeded: their configurations, their measurements, the report's numbers on the
 * same networks, and the table columns for these.
 */
package org.bagnetlab.server.results.run;
