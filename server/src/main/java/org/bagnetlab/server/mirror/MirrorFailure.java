package org.bagnetlab.server.mirror;

/** A tracking server did not take a training. */
final class MirrorFailure extends Exception {

  private static final long serialVersionUID = 1;

  /** Whether it would refuse the training again. */
  private final boolean lasting;

  MirrorFailure(String reason, boolean lasting) {
    super(reason);
    this.lasting = lasting;
  }

  boolean lasting() {
    return lasting;
  }
}
