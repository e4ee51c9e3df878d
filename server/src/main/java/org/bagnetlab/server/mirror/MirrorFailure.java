package org.bagnetlab.server.mirror;

/** A tracking server did not take a training. */
final class MirrorFailure extends Exception {

  private static final long serialVersionUID = 1;

  /** What a failure is about. */
  enum Scope {
    /** The server would take no training now. */
    SERVER,
    /** The server does not take this training now, but may later. */
    TRAINING_NOW,
    /** The server will not take this training. */
    TRAINING
  }

  private final Scope scope;

  MirrorFailure(String reason, Scope scope) {
    super(reason);
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }
}
