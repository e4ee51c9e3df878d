package org.bagnetlab.experiment;

import java.util.function.IntUnaryOperator;

/**
 * The sizes, besides its parameters, that determine the amount of work of a job.
 *
 * @param train training images
 * @param validation validation images
 * @param test test images
 * @param samples images that every training explains
 * @param heatmap forward passes that a heatmap of a stride takes; 0 for a network that has none
 */
public record Workload(int train, int validation, int test, int samples, IntUnaryOperator heatmap) {

  /** A training step computes the forward pass and, for about twice as much, the backward pass. */
  public static final int TRAINING_COST = 3;

  /** Forward passes that a heatmap takes. */
  public double heatmap(int stride) {
    return heatmap.applyAsInt(stride);
  }
}
