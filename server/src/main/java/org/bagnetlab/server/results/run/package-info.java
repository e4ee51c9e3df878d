/**
 * Trainings that succeeded: how each was configured, what was measured of it, and what the report
 * has of its network. Columns of tables that show these.
 */
@NullMarked
package org.bagnetlab.server.results.run;

import org.jspecify.annotations.NullMarked;
