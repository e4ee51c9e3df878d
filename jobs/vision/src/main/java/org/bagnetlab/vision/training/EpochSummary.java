package org.bagnetlab.vision.training;

/**
 * The results of an epoch of training.
 *
 * @param epoch number of the epoch, from 1
 * @param learningRate learning rate of its last step
 * @param trainLoss mean cross-entropy on the training images over its batches, in nats
 * @param trainAccuracy accuracy on the training images over its batches
 * @param meanEvidence mean absolute value of the logit map over its batches, in logits; 0 if the
 *     training does not minimise it, NaN if it is not known for all batches
 * @param images number of training images processed
 * @param validationLoss mean cross-entropy on the validation images after the epoch, in nats
 * @param validationAccuracy validation accuracy after the epoch
 * @param best whether this validation accuracy is the best so far, or equal to the best
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
