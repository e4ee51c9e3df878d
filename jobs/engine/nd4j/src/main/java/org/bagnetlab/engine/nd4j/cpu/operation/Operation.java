package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;

/**
 * A step of a program. It is planned first: it says when it needs which values. Then it is bound to
 * the memory that the plan gave, and then runs any number of times.
 */
public interface Operation {

  /**
   * Lets what follows work on each part of the output as it is computed, while that is in the
   * cache.
   *
   * @return whether it does; else the join is an operation of its own
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
