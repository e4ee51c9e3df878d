package org.bagnetlab.vision.network;

import java.util.List;
import java.util.Map;

/** Rules that turn gradients into steps, each exactly as PyTorch's. Neither decays weights. */
public enum Optimiser {
  /** Adam (Kingma and Ba 2015); epsilon is added after the bias correction. */
  ADAM("adam.first", "adam.second"),
  /** Stochastic gradient descent with momentum, in which the newest gradient counts whole. */
  SGD("sgd.velocity");

  /** Weight of the earlier velocity in SGD's. */
  public static final double MOMENTUM = 0.9;

  /** Weight of the earlier mean gradient in Adam's. */
  public static final double BETA1 = 0.9;

  /** Weight of the earlier mean squared gradient in Adam's. */
  public static final double BETA2 = 0.999;

  /** Added to the denominator of Adam's steps. */
  public static final double EPSILON = 1e-8;

  /** Key of the number of steps in {@link Network#optimiser()}. */
  public static final String STEPS = "steps";

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> moments;

  Optimiser(String... moments) {
    this.moments = List.of(moments);
  }

  /** Names of the moments that it keeps of each parameter, as in {@link Network#optimiser()}. */
  public List<String> moments() {
    return moments;
  }

  /**
   * Values of a state that {@link Network#optimiser()} gave.
   *
   * @param length how many there must be
   * @throws IllegalArgumentException naming what is missing or of another size
   */
  public static float[] saved(Map<String, float[]> state, String name, long length) {
    float[] values = state.get(name);
    if (values == null || values.length != length) {
      throw new IllegalArgumentException(
          "The optimiser's state has no %s of %d values.".formatted(name, length));
    }
    return values;
  }
}
