package org.bagnetlab.queue.forecast;

import java.util.Map;

/**
 * When the work of a queue will be done, if the queue stays as it is.
 *
 * @param queue when its running and waiting jobs will have ended, except held and interactive ones
 *     and those that wait for a job that nothing will end, such as a paused one
 * @param sweeps when sweeps that are neither held nor ended will have ended, by name. Of successive
 *     halving nothing is known, as it is not known which trials are promoted.
 */
public record Outlook(Completion queue, Map<String, Completion> sweeps) {}
