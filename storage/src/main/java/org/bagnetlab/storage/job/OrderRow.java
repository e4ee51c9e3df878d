package org.bagnetlab.storage.job;

import java.util.Optional;

/**
 * The facts that determine when a queued job runs.
 *
 * @param priority jobs with a higher one run first
 * @param position within a priority, lower positions run first
 * @param held whether its sweep is held
 * @param waitsFor the job whose result it needs, as long as that does not exist
 * @param lastEpoch the epoch after which it pauses
 * @param interactive whether it runs in the lane of interactive jobs
 * @param alone whether it must have a GPU for itself
 */
public record OrderRow(
    int priority,
    double position,
    boolean held,
    Optional<Long> waitsFor,
    Optional<Integer> lastEpoch,
    boolean interactive,
    boolean alone) {}
