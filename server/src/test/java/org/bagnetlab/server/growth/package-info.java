/**
 * Measures what grows: the time of a view over stored runs, the weight of subscribers to events,
 * the cost of training. Started by {@code bench/growth}; tests use its generated runs.
 */
@NullMarked
package org.bagnetlab.server.growth;

import org.jspecify.annotations.NullMarked;
