package org.bagnetlab.storage.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A job that succeeded and measured a network, as shown in lists of runs.
 *
 * @param job its ID
 * @param spec its specification as JSON
 * @param title for users
 * @param startedAt when it last started
 * @param endedAt when it ended
 * @param originLab the lab that ran it, if it was imported
 * @param splitFacts what its worker reported about the images that it used, as JSON
 * @param converged whether an epoch before its last one was at least as good; empty if it has no
 *     epochs
 * @param lastLoss mean loss over the training images in its last epoch; empty if it has none
 * @param lastAccuracy accuracy on them in that epoch; empty if it has none
 */
public record ListedRunRow(
    long job,
    String spec,
    String title,
    Optional<Instant> startedAt,
    Instant endedAt,
    Optional<String> originLab,
    Optional<String> splitFacts,
    Optional<Boolean> converged,
    Optional<Double> lastLoss,
    Optional<Double> lastAccuracy) {}
