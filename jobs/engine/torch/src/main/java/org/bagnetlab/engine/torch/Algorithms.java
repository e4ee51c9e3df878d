package org.bagnetlab.engine.torch;

/** Which of the algorithms that a library has for an operation may be used. */
public enum Algorithms {
  /**
   * Deterministic algorithms, so that the result of a resumed job equals that of an uninterrupted
   * one bit for bit.
   */
  REPEATABLE,
  /** The algorithm that measurements show to be fastest. */
  FASTEST
}
