package org.bagnetlab.worker.command;

/** Reports that an engine cannot tell the operations of a training step apart. */
final class NoProfile extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoProfile(String engine) {
    super(
        "%s cannot measure the operations of a step; the executor can: --engine nd4j."
            .formatted(engine));
  }
}
