package org.bagnetlab.experiment;

import java.util.Optional;

/**
 * The sizes, besides its parameters, that determine the amount of work of a job.
 *
 * @param train training images
 * @param validation validation images
 * @param test test images
 * @param samples images that every training explains
 * @param imageSize side of the images in pixels
 * @param patches those that the network adds up the evidence of; empty: it does something else, and
 *     has no heatmaps
 */
public record Workload(
    int train, int validation, int test, int samples, int imageSize, Optional<Patches> patches) {

  /** A training step computes the forward pass and, for about twice as much, the backward pass. */
  public static final int TRAINING_COST = 3;

  /**
   * Patches of an image.
   *
   * @param side in pixels
   * @param distance between the network's own patches
   */
  public record Patches(int side, int distance) {

    /** Shifts of an image by which the patches of a smaller distance are computed. */
    private int shifts(int stride) {
      return (distance / stride) * (distance / stride);
    }
  }

  /** Forward passes that the logits of all patches of an image take, so many pixels apart. */
  public double patchLogits(int stride) {
    return patches.map(each -> each.shifts(stride)).orElse(0);
  }

  /** Forward passes that a heatmap takes, which has a patch for pixels at the border, too. */
  public double heatmap(int stride) {
    return patchLogits(stride) * paddedPass();
  }

  /** A pass over an image that is padded for a heatmap, in passes over the image. */
  public double paddedPass() {
    return patches.map(each -> cropped(imageSize + each.side() - 1)).orElse(1.0);
  }

  /** A pass over a square of another size, in passes over an image. */
  public double cropped(int side) {
    return Math.pow((double) side / imageSize, 2);
  }
}
