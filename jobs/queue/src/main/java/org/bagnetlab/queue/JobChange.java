package org.bagnetlab.queue;

/** What a user does with jobs that have not ended. */
public sealed interface JobChange {

  /** They end: at once if they wait, after a checkpoint if they run. */
  record Cancel() implements JobChange {}

  /** They keep their state, and wait until they are resumed. */
  record Pause() implements JobChange {}

  /** They go on. */
  record Resume() implements JobChange {}

  /** They run at another time. */
  record Place(Move move) implements JobChange {}
}
