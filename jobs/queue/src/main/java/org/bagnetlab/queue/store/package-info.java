/**
 * Jobs in the database: each change is one transaction, including its effects on dependent jobs and
 * on its sweeps; then it is published.
 */
@NullMarked
package org.bagnetlab.queue.store;

import org.jspecify.annotations.NullMarked;
