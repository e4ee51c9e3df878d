package org.bagnetlab.queue.sweep.tpe;

import java.util.List;
import java.util.random.RandomGenerator;

/** A coordinate of the points that are tried. */
public sealed interface Dimension {

  /** A position in [0, 1]. */
  record Interval() implements Dimension {}

  /**
   * One of several values without an order, numbered from 0.
   *
   * @param count number of values
   */
  record Categories(int count) implements Dimension {}

  /** A random value that does not depend on what was tried. */
  default double draw(RandomGenerator random) {
    return switch (this) {
      case Interval _ -> random.nextDouble();
      case Categories(int count) -> random.nextInt(count);
    };
  }

  /** The density of values near the values that were tried. */
  default Density density(List<Double> tried) {
    return switch (this) {
      case Interval _ -> new Mixture(tried);
      case Categories(int count) -> new Frequencies(count, tried);
    };
  }
}
