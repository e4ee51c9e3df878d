package org.bagnetlab.experiment;

import java.util.Optional;

/**
 * The sizes that, together with its parameters, determine the cost of a job.
 *
 * @param train number of training images
 * @param validation number of validation images
 * @param test number of test images
 * @param samples number of images that every training explains
 * @param imageSize side of the images in pixels
 * @param patches the patches whose evidence the network adds up; empty if the network works
 *     differently and has no heatmaps
 */
public record Workload(
    int train, int validation, int test, int samples, int imageSize, Optional<Patches> patches) {

  /**
   * The cost of a training step in forward passes: a forward pass, and a backward pass that costs
   * about twice as much.
   */
  public static final int TRAINING_COST = 3;

  /**
   * The patches of a network.
   *
   * @param side side of a patch in pixels
   * @param distance distance in pixels between the network's own patches
   */
  public record Patches(int side, int distance) {

    /** Number of shifted images needed to compute patches at a smaller distance. */
    private int shifts(int stride) {
      return (distance / stride) * (distance / stride);
    }
  }

  /**
   * The number of forward passes for the logits of all patches of an image that are this many
   * pixels apart.
   */
  public double patchLogits(int stride) {
    return patches.map(each -> each.shifts(stride)).orElse(0);
  }

  /**
   * The number of forward passes for a heatmap, which also has patches for pixels at the border.
   */
  public double heatmap(int stride) {
    return patchLogits(stride) * paddedPass();
  }

  /** The cost of a pass over an image padded for a heatmap, in passes over the image. */
  public double paddedPass() {
    return patches.map(each -> cropped(imageSize + each.side() - 1)).orElse(1.0);
  }

  /** The cost of a pass over a square of another size, in passes over an image. */
  public double cropped(int side) {
    return Math.pow((double) side / imageSize, 2);
  }
}
