package org.bagnetlab.vision.network;

import java.util.List;
import java.util.Map;

/** Optimisers, each exactly like PyTorch's. */
public enum Optimiser {
  /** Adam (Kingma and Ba 2015); epsilon is added after the bias correction. */
  ADAM("adam.first", "adam.second"),
  /** Adam whose weight decay bypasses the moments (Loshchilov and Hutter 2019). */
  ADAMW("adam.first", "adam.second"),
  /** Stochastic gradient descent with momentum, without dampening of the current gradient. */
  SGD("sgd.velocity"),
  /** The same with Nesterov's momentum, in PyTorch's form. */
  NESTEROV("sgd.velocity");

  /** Weight of the previous velocity in SGD. */
  public static final double MOMENTUM = 0.9;

  /** Weight of the previous mean gradient in Adam. */
  public static final double BETA1 = 0.9;

  /** Weight of the previous mean squared gradient in Adam. */
  public static final double BETA2 = 0.999;

  /** Added to the denominator of Adam's steps. */
  public static final double EPSILON = 1e-8;

  /** Key of the number of steps in {@link Network#optimiser()}. */
  public static final String STEPS = "steps";

  @SuppressWarnings("ImmutableEnumChecker") // created by List.of
  private final List<String> moments;

  Optimiser(String... moments) {
    this.moments = List.of(moments);
  }

  /** The names of the moments kept for each parameter, as in {@link Network#optimiser()}. */
  public List<String> moments() {
    return moments;
  }

  /**
   * Reads values of a state from {@link Network#optimiser()}.
   *
   * @param length required number of values
   * @throws IllegalArgumentException if they are missing or have the wrong size; the message names
   *     them
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
