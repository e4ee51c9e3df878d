/**
 * Trainings that succeeded: their configurations, their measurements, the published numbers of the
 * same networks, and table columns for all of these.
 */
package org.bagnetlab.server.results.run;
