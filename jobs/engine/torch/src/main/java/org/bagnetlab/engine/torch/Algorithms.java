package org.bagnetlab.engine.torch;

/** Which of a library's algorithms for one operation may be taken. */
public enum Algorithms {
  /** Deterministic, so that a resumed job equals an uninterrupted one bit for bit. */
  REPEATABLE,
  /** Whichever is the fastest, by measuring. */
  FASTEST
}
