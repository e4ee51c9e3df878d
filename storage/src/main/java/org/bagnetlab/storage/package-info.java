/**
 * What survives: the data directory and its lock, the H2 database with one class of SQL per
 * aggregate, and the files that workers leave. Knows no other module; what others define (a job's
 * specification, an artifact's facts) is kept as JSON text, beside the columns that queries need.
 */
@NullMarked
package org.bagnetlab.storage;

import org.jspecify.annotations.NullMarked;
