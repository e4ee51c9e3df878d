package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;

/**
 * A step of a program. In the planning phase, it declares which values it needs at which time. It
 * is then bound to the planned memory, and can be run any number of times.
 */
public interface Operation {

  /**
   * Lets the following join process each part of the output as soon as it is computed, while it is
   * in the cache.
   *
   * @return false if this is not supported; the join is then a separate operation
   */
  default boolean endWith(Join join) {
    return false;
  }

  /**
   * Declares the values that the forward pass needs at this point of the timeline, and those that
   * it creates.
   */
  void planForward(Timeline now);

  /**
   * Declares the same for the backward pass. Operations that are later in the program have already
   * been planned.
   */
  void planBackward(Timeline now, Gradients gradients);

  /** Prepares what depends on the memory to which the operation's values are bound. */
  default void bind(Arena arena) {}

  /** Computes the operation's outputs. */
  void forward();

  /**
   * Computes the gradients of the operation's inputs and parameters from those of its outputs; a
   * {@link WeightedOperation} only those of its inputs.
   */
  void backward();
}
