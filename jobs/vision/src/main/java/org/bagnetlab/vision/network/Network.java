package org.bagnetlab.vision.network;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;

/**
 * A compiled {@link Architecture} with weights. Not safe for use by several threads at once.
 *
 * <p>Images are normalised values in the order [image, channel, row, column], float32, row-major.
 */
public interface Network extends AutoCloseable {

  /** The compiled architecture. */
  Architecture architecture();

  /**
   * The logits of a batch in evaluation mode (running statistics).
   *
   * @param images images of the architecture's image size
   * @return [image, class]
   */
  float[][] logits(Batch images);

  /**
   * The classifier's outputs at every position of the last feature map, in evaluation mode. For a
   * BagNet these are the logits of its patches, and their mean over positions gives the image's
   * logits.
   *
   * @param images images of any size that is large enough for the architecture
   */
  LogitMap logitMap(Batch images);

  /** The gradient of the images' logits: see {@link #inputGradient(Batch, int[], Optional)}. */
  default float[] inputGradient(Batch images, int[] labels) {
    return inputGradient(images, labels, Optional.empty());
  }

  /** The gradient of logits at a position: see {@link #inputGradient(Batch, int[], Optional)}. */
  default float[] inputGradient(Batch images, int[] labels, Position position) {
    return inputGradient(images, labels, Optional.of(position));
  }

  /**
   * The gradient of the logit of each image's label with respect to the image, in evaluation mode.
   *
   * <p>The logit at a position is the classifier applied to the features of the position, before
   * the global pool. The backward pass starts with the class's row of the classifier at this
   * position and 0 at all other positions, as Luo et al. do to measure effective receptive fields
   * (Understanding the effective receptive field in deep convolutional neural networks, NeurIPS
   * 2016, section 3). The mean over all positions is the gradient of the image's logit.
   *
   * @param images images of the architecture's image size
   * @param labels a class for each image
   * @param position the position of the architecture's last feature map whose logit is used; empty
   *     for the image's logit
   * @return gradients, in the order of the images' values
   */
  float[] inputGradient(Batch images, int[] labels, Optional<Position> position);

  /**
   * The logits of the patches at every {@code stride}-th pixel of one image, for networks with a
   * receptive field of q x q pixels.
   *
   * @param image a square image of (n - 1) stride + q pixels a side, where n is a multiple of the
   *     architecture's output stride over {@code stride}
   * @param labels the requested classes
   * @param stride 1 or a power of two up to the output stride
   * @param progress receives the number of completed parts out of (output stride / stride)^2
   * @return for each requested class, the logits of n x n patches, row by row
   */
  float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress);

  /** Makes a plain training step: see {@link #train(Batch, Targets, Objective, Update)}. */
  default Step train(Batch images, int[] labels, double learningRate) {
    return train(images, Targets.of(labels), Objective.GLOBAL, Update.of(learningRate));
  }

  /**
   * Makes an optimisation step in training mode. A GPU may still be computing the step when this
   * method returns; all later computations see its results. The metrics of the step occupy device
   * memory until they are read.
   *
   * @param images images of the architecture's image size
   * @return the metrics of the batch, computed with the weights before the step
   */
  Step train(Batch images, Targets targets, Objective objective, Update update);

  /** Resets the optimiser's moments, as the report does when it lowers the learning rate. */
  void resetOptimiser();

  /** The values of every tensor of {@link Architecture#tensors()}, by name, in PyTorch's layout. */
  Map<String, float[]> weights();

  /**
   * Replaces all weights.
   *
   * @throws IllegalArgumentException if a tensor is missing, unknown or has the wrong size; the
   *     message names it
   */
  void load(Map<String, float[]> weights);

  /**
   * The optimiser's state for {@link #loadOptimiser}: {@code steps}, and {@code MOMENT/TENSOR} for
   * each parameter, in PyTorch's layout.
   */
  Map<String, float[]> optimiser();

  /**
   * Restores a state from {@link #optimiser}.
   *
   * @throws IllegalArgumentException if something is missing; the message names it
   */
  void loadOptimiser(Map<String, float[]> state);

  /**
   * A description of where in memory the values of the last computation were stored and when they
   * were needed; empty if the engine does not plan its memory.
   */
  default Optional<String> memoryPlan() {
    return Optional.empty();
  }

  /**
   * Measures each operation of training steps, which change the weights. Empty if the engine cannot
   * tell its operations apart.
   *
   * @param steps how many steps are measured, after two
   */
  default Optional<StepProfile> profile(Batch images, int[] labels, int steps) {
    return Optional.empty();
  }

  /** Frees the engine's memory. */
  @Override
  void close();
}
