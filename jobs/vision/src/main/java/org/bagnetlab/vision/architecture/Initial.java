package org.bagnetlab.vision.architecture;

/** How a tensor's values are drawn before training. */
public sealed interface Initial {

  /** Independently normal around 0. */
  record Normal(double deviation) implements Initial {}

  /** Independently uniform in [-bound, bound). */
  record Uniform(double bound) implements Initial {}

  /** All the same. */
  record Constant(double value) implements Initial {}

  /** He's distribution for layers before a ReLU (He et al. 2015): variance 2 / fan. */
  static Initial he(int fan) {
    return new Normal(Math.sqrt(2.0 / fan));
  }

  /** PyTorch's default of a linear layer's weights and bias. */
  static Initial linear(int inputs) {
    return new Uniform(1 / Math.sqrt(inputs));
  }
}
