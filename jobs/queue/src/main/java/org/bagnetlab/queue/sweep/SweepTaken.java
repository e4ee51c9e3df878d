package org.bagnetlab.queue.sweep;

/** Another sweep has the name. */
public final class SweepTaken extends RuntimeException {

  private static final long serialVersionUID = 1;

  public SweepTaken(String name) {
    super(
        "A sweep '%s' with different settings already exists. Choose another name."
            .formatted(name));
  }
}
