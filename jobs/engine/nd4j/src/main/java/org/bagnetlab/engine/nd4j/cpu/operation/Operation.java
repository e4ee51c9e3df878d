package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;

/**
 * A step of a program. It is planned first, when it declares which values it needs at what time. It
 * is then bound to the planned memory, and can run any number of times.
 */
public interface Operation {

  /**
   * Lets the following join process each part of the output as it is computed, while it is in the
   * cache.
   *
   * @return false if this is not supported; the join is then a separate operation
   */
  default boolean endWith(Join join) {
    return false;
  }

  /** Declares the values that the forward pass needs at this time, and those that it creates. */
  void planForward(Timeline now);

  /** Declares the same for the backward pass. Later operations have been planned already. */
  void planBackward(Timeline now, Gradients gradients);

  /** Prepares what depends on the place of its values in memory, which they are bound to. */
  default void bind(Arena arena) {}

  /** Computes its outputs. */
  void forward();

  /** Computes the gradients of its inputs and parameters from those of its outputs. */
  void backward();
}
