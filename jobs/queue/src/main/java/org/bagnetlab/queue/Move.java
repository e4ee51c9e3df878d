package org.bagnetlab.queue;

/** The new position of a queued job. */
public sealed interface Move {

  /** Before all others of its priority. */
  record First() implements Move {}

  /** After all others of its priority. */
  record Last() implements Move {}

  /** Just before another job, with that one's priority. */
  record Before(long job) implements Move {}

  /** With another priority: the higher, the earlier. */
  record Priority(int priority) implements Move {}
}
