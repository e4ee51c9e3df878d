/**
 * Measures what grows: the time of a view over stored runs, the weight of subscribers to events,
 * the cost of training. Started by {@code bench/growth}; tests use its generated runs.
 */
package org.bagnetlab.server.growth;
