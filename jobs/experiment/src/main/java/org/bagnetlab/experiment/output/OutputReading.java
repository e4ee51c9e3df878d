package org.bagnetlab.experiment.output;

import java.util.Optional;

/**
 * How the numbers of an output are read: what they mean, and what they have to be compared with to
 * say something about a network. What they say follows from this and the numbers.
 */
public sealed interface OutputReading {

  /** What chance gives, which other outputs of an analysis are compared with. */
  OutputReading BY_CHANCE =
      new Range(
          "What a network that sees nothing of the class would have: the number that the others of this analysis are compared with.");

  /** Says in a sentence or two how to read the numbers. */
  String how();

  /**
   * Numbers that have another meaning above a boundary than below.
   *
   * @param at the boundary. A run's own number reaches it if it is equal; means over seeds are
   *     above or below it, and say nothing if they can be equal
   * @param compared the numbers that are compared with it
   * @param reached what numbers at or above it mean
   * @param below what numbers below it mean
   * @param defined where numbers mean anything, if not at all positions
   * @param confirmed what numbers below it mean where another output agrees
   */
  record Boundary(
      String how,
      double at,
      Compared compared,
      String reached,
      String below,
      Optional<Bound> defined,
      Optional<Confirmed> confirmed)
      implements OutputReading {

    /** A boundary of numbers that mean the same everywhere, whatever other outputs say. */
    public Boundary(String how, double at, Compared compared, String reached, String below) {
      this(how, at, compared, reached, below, Optional.empty(), Optional.empty());
    }

    /** The numbers that are compared with a boundary. */
    public enum Compared {
      /** Those of every run: they follow from a network without chance, so one run can tell. */
      RUNS,
      /** The means over seeds, by their intervals. */
      MEANS,
      /** The same, but only those at the last position on the first axis. */
      LAST_MEANS
    }
  }

  /**
   * What numbers of another output of the same experiment have to be at the same position.
   *
   * @param output that output, with the same axes
   * @param least the smallest number
   */
  record Bound(Output output, double least) {}

  /** What numbers below a boundary mean if another output keeps its bound. */
  record Confirmed(Bound by, String below) {}

  /**
   * Numbers at positions of an axis, of which one is what the others are compared with, such as a
   * random order.
   *
   * @param position the one on this axis
   * @param higher what larger numbers than there mean
   * @param lower what smaller numbers than there mean
   */
  record FromPosition(String how, Axis axis, String position, String higher, String lower)
      implements OutputReading {}

  /**
   * Numbers that are compared with those of another output of the same experiment, such as what
   * chance would give.
   *
   * @param output that output, whose axes this output has, too
   * @param higher what larger numbers than there mean
   * @param lower what smaller numbers than there mean
   */
  record FromOutput(String how, Output output, String higher, String lower)
      implements OutputReading {}

  /** Numbers with nothing to compare with except one another: networks, and positions. */
  record Range(String how) implements OutputReading {}
}
