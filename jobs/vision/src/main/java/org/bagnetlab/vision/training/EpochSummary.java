package org.bagnetlab.vision.training;

/**
 * An epoch of training.
 *
 * @param epoch from 1
 * @param learningRate of its last step
 * @param trainLoss mean cross-entropy over its batches, in nats
 * @param trainAccuracy over its batches
 * @param meanEvidence mean absolute value of the logit map over its batches, in logits; 0 where it
 *     is not minimised, NaN if it is not known of all of them
 * @param images that it learnt
 * @param validationLoss mean cross-entropy after it, in nats
 * @param validationAccuracy after it
 * @param best whether that is the best so far; of equal ones the later
 * @param seconds it took, validation included
 */
public record EpochSummary(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double meanEvidence,
    int images,
    double validationLoss,
    double validationAccuracy,
    boolean best,
    double seconds) {}
