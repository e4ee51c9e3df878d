package org.bagnetlab.vision.architecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A named tensor of a checkpoint.
 *
 * @param name the name in the public checkpoint
 * @param shape shape in PyTorch: convolution weights [out, in, height, width], linear weights [out,
 *     in]
 * @param learnt whether it is a parameter; otherwise it is a running statistic of batch
 *     normalisation
 * @param initial distribution of its values before training
 */
public record Tensor(String name, List<Integer> shape, boolean learnt, Initial initial) {

  static Tensor parameter(String name, Initial initial, int... shape) {
    return new Tensor(name, IntStream.of(shape).boxed().toList(), true, initial);
  }

  static Tensor statistic(String name, double initial, int... shape) {
    return new Tensor(
        name, IntStream.of(shape).boxed().toList(), false, new Initial.Constant(initial));
  }

  /**
   * Whether weight decay applies to it: to the weights of convolutions and linear layers, not to
   * biases and the parameters of normalisations.
   */
  public boolean decays() {
    return learnt && shape.size() > 1;
  }

  /** The number of values. */
  public long elements() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
