package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;

/**
 * A step of a program. First it is planned: it declares when it needs which values. Then it is
 * bound to the planned memory, and can run any number of times.
 */
public interface Operation {

  /**
   * Lets the following join process each part of the output as it is computed, while it is in the
   * cache.
   *
   * @return whether it does; otherwise the join is a separate operation
   */
  default boolean endWith(Join join) {
    return false;
  }

  /** Says which values the forward pass needs at its time, and which it makes. */
  void planForward(Timeline now);

  /** Says the same of the backward pass. Those of later operations were planned before. */
  void planBackward(Timeline now, Gradients gradients);

  /** Looks up its memory. */
  void bind(Arena arena);

  /** Computes its outputs. */
  void forward();

  /** Computes the gradients of its inputs and parameters from those of its outputs. */
  void backward();
}
