package org.bagnetlab.storage.run;

/**
 * A validated epoch of a training.
 *
 * @param epoch from 1
 * @param learningRate at the epoch's end
 * @param trainLoss mean cross-entropy, in nats
 * @param trainAccuracy in [0, 1]
 * @param validationLoss mean cross-entropy, in nats
 * @param validationAccuracy in [0, 1]
 * @param best whether it was the best epoch when it ended
 * @param seconds its duration
 */
public record EpochRow(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy,
    boolean best,
    double seconds) {}
