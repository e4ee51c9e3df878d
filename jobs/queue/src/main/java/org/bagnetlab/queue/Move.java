package org.bagnetlab.queue;

/** The new position of a queued job. */
public sealed interface Move {

  /** To the front of its priority. */
  record First() implements Move {}

  /** To the end of its priority. */
  record Last() implements Move {}

  /** Directly before another job, with the same priority. */
  record Before(long job) implements Move {}

  /** Directly after another job, with the same priority. */
  record After(long job) implements Move {}

  /** To another priority; higher priorities run earlier. */
  record Priority(int priority) implements Move {}
}
