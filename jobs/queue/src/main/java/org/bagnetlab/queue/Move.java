package org.bagnetlab.queue;

/** The new position of a queued job. */
public sealed interface Move {

  /** Does something for each kind of move. */
  interface Visitor {
    void first();

    void last();

    void before(long job);

    void priority(int priority);
  }

  /** Calls the visitor's method for this kind of move. */
  void accept(Visitor visitor);

  /** Before all others of its priority. */
  record First() implements Move {
    @Override
    public void accept(Visitor visitor) {
      visitor.first();
    }
  }

  /** After all others of its priority. */
  record Last() implements Move {
    @Override
    public void accept(Visitor visitor) {
      visitor.last();
    }
  }

  /** Just before another job, with that one's priority. */
  record Before(long job) implements Move {
    @Override
    public void accept(Visitor visitor) {
      visitor.before(job);
    }
  }

  /** With another priority: the higher, the earlier. */
  record Priority(int priority) implements Move {
    @Override
    public void accept(Visitor visitor) {
      visitor.priority(priority);
    }
  }
}
