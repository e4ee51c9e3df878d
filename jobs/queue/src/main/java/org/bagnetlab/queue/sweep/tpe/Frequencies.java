package org.bagnetlab.queue.sweep.tpe;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The probabilities of categories: how often each was tried, plus one as the prior. */
final class Frequencies implements Density {

  private final double[] probabilities;

  Frequencies(int categories, List<Double> tried) {
    probabilities = new double[categories];
    Arrays.fill(probabilities, 1.0 / (categories + tried.size()));
    tried.forEach(
        category -> probabilities[category.intValue()] += 1.0 / (categories + tried.size()));
  }

  @Override
  public double draw(RandomGenerator random) {
    double left = random.nextDouble();
    int category = 0;
    while (category < probabilities.length - 1 && left >= probabilities[category]) {
      left -= probabilities[category];
      category++;
    }
    return category;
  }

  @Override
  public double at(double value) {
    return probabilities[(int) value];
  }
}
