package org.bagnetlab.experiment.output;

/**
 * How the numbers of an output are read: what they mean, and what they have to be compared with to
 * say something about a network. What they say follows from this and the numbers.
 */
public sealed interface OutputReading {

  /** Says in a sentence or two how to read the numbers. */
  String how();

  /**
   * Numbers that have another meaning above a boundary than below.
   *
   * @param at the boundary, which counts as reached
   * @param compared the numbers that are compared with it
   * @param reached what numbers at or above it mean
   * @param below what numbers below it mean
   */
  record Boundary(String how, double at, Compared compared, String reached, String below)
      implements OutputReading {

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
