package org.bagnetlab.vision.training;

/**
 * The results of an epoch of training.
 *
 * @param epoch number of the epoch, from 1
 * @param learningRate learning rate of its last step
 * @param trainLoss mean cross-entropy over its batches, in nats
 * @param trainAccuracy accuracy over its batches
 * @param meanEvidence mean absolute value of the logit map over its batches, in logits; 0 if it is
 *     not minimised, NaN if it is not known for all batches
 * @param images number of learnt images
 * @param validationLoss mean cross-entropy after it, in nats
 * @param validationAccuracy validation accuracy after it
 * @param best whether this accuracy is the best so far; of equal ones the later
 * @param seconds duration including validation
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
