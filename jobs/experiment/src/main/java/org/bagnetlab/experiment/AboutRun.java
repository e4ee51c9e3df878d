package org.bagnetlab.experiment;

import java.util.Optional;

/** A job about the network of a training. */
public interface AboutRun extends JobSpec {

  /** The training's number. */
  long run();

  @Override
  default Optional<Long> subject() {
    return Optional.of(run());
  }
}
