package org.bagnetlab.queue.sweep.tpe;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** A coordinate of the points that are tried. */
public sealed interface Dimension {

  /**
   * A position in [0, 1].
   *
   * @param rounding gives the position of the value that stands for a position, where values are
   *     whole numbers, for example
   */
  record Interval(DoubleUnaryOperator rounding) implements Dimension {}

  /**
   * One of several values without an order, numbered from 0.
   *
   * @param count number of values
   */
  record Categories(int count) implements Dimension {}

  /** A random coordinate that does not depend on what was tried. */
  default double draw(RandomGenerator random) {
    return switch (this) {
      case Interval _ -> random.nextDouble();
      case Categories(int count) -> random.nextInt(count);
    };
  }

  /** The coordinate of the value that a coordinate stands for. */
  default double nearest(double coordinate) {
    return switch (this) {
      case Interval(DoubleUnaryOperator rounding) -> rounding.applyAsDouble(coordinate);
      case Categories _ -> coordinate;
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
