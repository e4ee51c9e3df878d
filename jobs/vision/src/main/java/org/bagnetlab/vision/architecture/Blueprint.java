package org.bagnetlab.vision.architecture;

import java.util.Optional;

/** A registered network, which can be built with any width and number of classes. */
public interface Blueprint {

  /** The name in commands, requests and results, for example {@code bagnet33}. */
  String name();

  /** The display name, for example {@code BagNet-33}. */
  String label();

  /** The group in which it is listed. */
  Family family();

  /**
   * The side in pixels of the patches whose evidence the network adds up; empty if it does not add
   * up local evidence.
   *
   * @see Architecture#localReceptiveField()
   */
  default Optional<Integer> localReceptiveField() {
    return build(2, 1, 224).localReceptiveField();
  }

  /**
   * Whether the network adds up the evidence of local patches: its logits are the mean of a map of
   * patch logits, so that a heatmap explains them exactly.
   */
  default boolean bagOfLocalFeatures() {
    return localReceptiveField().isPresent();
  }

  /**
   * Builds the graph.
   *
   * @param classes number of classes, at least 2
   * @param width factor for every internal channel count c, which becomes max(1, floor(c * width))
   * @param imageSize side of the square image in pixels
   * @throws IllegalArgumentException if classes or width is out of range
   */
  Architecture build(int classes, double width, int imageSize);

  /** Maps tensor names of other public checkpoints of this network to its own. */
  default Renaming renaming() {
    return Renaming.NONE;
  }

  /** Another network with exactly the same tensors, if there is one. */
  default Optional<Twin> twin() {
    return Optional.empty();
  }

  /** Scales a channel count. */
  static int scaled(int channels, double width) {
    return Math.max(1, (int) Math.floor(channels * width));
  }

  /** Checks the number of classes and the width. */
  static void check(int classes, double width) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be at least 2, but is " + classes + ".");
    }
    WidthFactor.check("width", width);
  }
}
