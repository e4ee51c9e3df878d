package org.bagnetlab.vision.architecture;

import java.util.Random;

/** The distribution of a tensor's values before training. */
public sealed interface Initial {

  /** Draws a value. A constant distribution does not use the random generator. */
  double draw(Random random);

  /** Independent normal values with mean 0. */
  record Normal(double deviation) implements Initial {
    @Override
    public double draw(Random random) {
      return deviation * random.nextGaussian();
    }
  }

  /** Independent uniform values in [-bound, bound). */
  record Uniform(double bound) implements Initial {
    @Override
    public double draw(Random random) {
      return bound * (2 * random.nextDouble() - 1);
    }
  }

  /** Equal values. */
  record Constant(double value) implements Initial {
    @Override
    public double draw(Random random) {
      return value;
    }
  }

  /** He's distribution for layers before a ReLU (He et al. 2015): variance 2 / fan. */
  static Initial he(int fan) {
    return new Normal(Math.sqrt(2.0 / fan));
  }

  /** PyTorch's default for a linear layer's weights and bias. */
  static Initial linear(int inputs) {
    return new Uniform(1 / Math.sqrt(inputs));
  }
}
