package org.bagnetlab.queue.job;

import java.util.Optional;

/**
 * The facts that determine when a queued job runs.
 *
 * @param priority jobs with a higher priority run first
 * @param position within a priority, lower positions run first
 * @param held whether its sweep is held
 * @param waitsFor the job whose result it needs, until that result exists
 * @param lastEpoch it pauses after this epoch so that it can be compared with other trials of its
 *     sweep
 * @param interactive whether it runs in the lane of interactive jobs, in parallel to the queue
 */
public record QueuePosition(
    int priority,
    double position,
    boolean held,
    Optional<Long> waitsFor,
    Optional<Integer> lastEpoch,
    boolean interactive) {}
