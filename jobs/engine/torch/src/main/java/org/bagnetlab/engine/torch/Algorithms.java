package org.bagnetlab.engine.torch;

/** Which of a library's algorithms for one operation may be taken. */
public enum Algorithms {
  /** Those that give the same bits each time, so that a resumed job equals an uninterrupted one. */
  REPEATABLE,
  /** Whichever is the fastest, by measuring. */
  FASTEST
}
