package org.bagnetlab.queue.job;

import java.util.Optional;

/**
 * What decides when a queued job runs.
 *
 * @param priority of two jobs the higher one runs first
 * @param position of two of one priority the lower one
 * @param held whether its sweep is held
 * @param waitsFor the job whose result it needs, until that is there
 * @param lastEpoch it pauses after this epoch, to be compared with other trials of its sweep
 * @param interactive whether it runs in the lane of interactive jobs, in parallel to the queue
 */
public record QueuePosition(
    int priority,
    double position,
    boolean held,
    Optional<Long> waitsFor,
    Optional<Integer> lastEpoch,
    boolean interactive) {}
