package org.bagnetlab.vision.weights;

import java.io.IOException;
import org.bagnetlab.vision.staging.FolderName;

/** Weights cannot be imported under a name; the message is one line with the reason. */
public final class WeightsNameException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What is wrong with the name. */
  public enum Reason {
    /** The name is invalid. */
    IMPOSSIBLE,
    /** Other weights have this name. */
    TAKEN
  }

  private WeightsNameException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static WeightsNameException impossible(String name) {
    return new WeightsNameException(
        Reason.IMPOSSIBLE,
        "'%s' is not a valid name for weights: %s.".formatted(name, FolderName.ADVICE));
  }

  static WeightsNameException taken(String name) {
    return new WeightsNameException(
        Reason.TAKEN,
        "The weights '%s' already exist. Import under another name, or remove these first."
            .formatted(name));
  }

  /** What is wrong with the name. */
  public Reason reason() {
    return reason;
  }
}
