/**
 * Jobs in the database: each change is one transaction, with what it means for the jobs that depend
 * on it and for its sweeps; then it is published.
 */
@NullMarked
package org.bagnetlab.queue.store;

import org.jspecify.annotations.NullMarked;
