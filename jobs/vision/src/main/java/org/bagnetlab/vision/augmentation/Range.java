package org.bagnetlab.vision.augmentation;

import java.util.Random;

/** Numbers from which one is drawn, from {@code low} to {@code high}. */
record Range(double low, double high) {

  double uniform(Random random) {
    return low + (high - low) * random.nextDouble();
  }

  /** Draws a number whose logarithm is uniform. The same on every machine: hence StrictMath. */
  double logUniform(Random random) {
    Range logarithms = new Range(StrictMath.log(low), StrictMath.log(high));
    return StrictMath.exp(logarithms.uniform(random));
  }
}
