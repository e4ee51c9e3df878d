package org.bagnetlab.storage.run;

import java.util.Optional;

/**
 * A training that succeeded.
 *
 * @param job its ID
 * @param spec its specification as JSON
 * @param code digest of the code that computed it; several, joined by commas, if other code resumed
 *     it; empty if unknown
 * @param originLab the lab that ran it, if it was imported
 * @param startCode the code that computed the run that it starts from, if it starts from one
 * @param startLab the lab that ran that run, if it was imported
 * @param splitFacts what its worker reported about the images that it used, as JSON
 * @param converged whether an epoch before its last one was at least as good; empty if its epochs
 *     are lost
 * @param lastLoss mean loss over the training images in its last epoch; empty if that is lost
 * @param lastAccuracy accuracy on them in that epoch; empty if that is lost
 * @param reproduces the job that it runs again, to check its results
 */
public record MeasuredRunRow(
    long job,
    String spec,
    Optional<String> code,
    Optional<String> originLab,
    Optional<String> startCode,
    Optional<String> startLab,
    Optional<String> splitFacts,
    Optional<Boolean> converged,
    Optional<Double> lastLoss,
    Optional<Double> lastAccuracy,
    Optional<Long> reproduces) {}
