package org.bagnetlab.engine.torch;

/** Which of a library's algorithms for an operation may be used. */
public enum Algorithms {
  /**
   * Deterministic ones, so that the result of a resumed job equals that of an uninterrupted one bit
   * for bit.
   */
  REPEATABLE,
  /** The fastest one, by measurement. */
  FASTEST
}
