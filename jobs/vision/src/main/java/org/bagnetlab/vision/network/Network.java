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

  /** What was compiled. */
  Architecture architecture();

  /**
   * The logits of a batch in evaluation mode (running statistics).
   *
   * @param images of the architecture's image size
   * @return [image, class]
   */
  float[][] logits(Batch images);

  /**
   * The classifier applied at every position of the last feature map, in evaluation mode. For a
   * BagNet these are the logits of its patches, and their mean over positions the image's logits.
   *
   * @param images of any size that is large enough for the architecture
   */
  LogitMap logitMap(Batch images);

  /**
   * How much the logit of an image's label grows with each of its values, in evaluation mode.
   *
   * @param images of the architecture's image size
   * @param labels a class for each image
   * @return gradients in the order of the images' values
   */
  float[] inputGradient(Batch images, int[] labels);

  /**
   * How much the logit of an image's label at one position of the last feature map grows with each
   * of the image's values, in evaluation mode. That logit is the classifier applied to the features
   * of the position, before the global pool: what passes back is the class's row of the classifier
   * at the position, and 0 everywhere else, as Luo et al. measure effective receptive fields
   * (Understanding the effective receptive field in deep convolutional neural networks, NeurIPS
   * 2016, section 3). The mean over all positions is {@link #inputGradient(Batch, int[])}.
   *
   * @param images of the architecture's image size
   * @param labels a class for each image
   * @param position of the architecture's last feature map
   * @return gradients in the order of the images' values
   */
  float[] inputGradient(Batch images, int[] labels, Position position);

  /**
   * The logits of the patches at every {@code stride}-th pixel of one image, for networks whose
   * receptive field is a patch of q x q pixels.
   *
   * @param image square, of (n - 1) stride + q pixels, where n is a multiple of the architecture's
   *     output stride over {@code stride}
   * @param labels the classes that are wanted
   * @param stride 1 or a power of two up to the output stride
   * @param progress receives how many of the (output stride / stride)^2 parts of the work are done
   * @return for each wanted class the logits of n x n patches, row by row
   */
  float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress);

  /** One step on the cross-entropy alone: {@link #train(Batch, int[], double, double)}. */
  default Step train(Batch images, int[] labels, double learningRate) {
    return train(images, labels, learningRate, 0);
  }

  /**
   * One step of optimisation in training mode, on the mean cross-entropy of a batch plus {@code
   * sparsity} times the mean absolute value of its logit map: over the images, the classes and the
   * positions of the last feature map. A GPU may still be computing it when this returns; all later
   * computations see its results. The step's numbers take memory of the device until they are asked
   * for.
   *
   * <p>An L1 norm of the logit map makes the evidence of a BagNet sparse (Donteu et al., Sparse
   * activations for interpretable disease grading, MIDL 2023). Theirs is a sum; the mean does not
   * depend on the numbers of positions, classes and images.
   *
   * @param images of the architecture's image size
   * @param labels class of each image
   * @param learningRate of this step
   * @param sparsity at least 0; 0: the cross-entropy alone
   * @return the batch's numbers, before the step
   */
  Step train(Batch images, int[] labels, double learningRate, double sparsity);

  /** Forgets the optimiser's moments, as the report does when it lowers the rate. */
  void resetOptimiser();

  /** The values of every tensor of {@link Architecture#tensors()}, by name, in PyTorch's layout. */
  Map<String, float[]> weights();

  /**
   * Replaces all weights.
   *
   * @throws IllegalArgumentException naming the tensor that is missing, unknown or of another size
   */
  void load(Map<String, float[]> weights);

  /**
   * The optimiser's state, for {@link #loadOptimiser}: {@code steps}, and for each parameter {@code
   * MOMENT/TENSOR} in PyTorch's layout.
   */
  Map<String, float[]> optimiser();

  /**
   * Continues with a state that {@link #optimiser} gave.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  void loadOptimiser(Map<String, float[]> state);

  /**
   * Where the values of the last computation lay in memory and when they were needed, for people;
   * empty where the engine does not plan that.
   */
  default Optional<String> memoryPlan() {
    return Optional.empty();
  }

  /** Frees the engine's memory. */
  @Override
  void close();
}
