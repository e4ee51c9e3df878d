package org.bagnetlab.vision.network;

/**
 * What a training step saw.
 *
 * @param loss mean cross-entropy of the batch in nats
 * @param correct images whose largest logit was their class's
 */
public record Step(double loss, int correct) {}
