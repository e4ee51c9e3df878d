package org.bagnetlab.vision.dataset.imported;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/**
 * A data set is not available. The message is one line for users; details are available separately.
 */
public final class DatasetException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private final transient List<Unreadable> unreadable;

  /** An image that cannot be used, with the reason. */
  public record Unreadable(String path, String reason) {

    /** Creates an entry with a reason, even if the exception has no message. */
    static Unreadable of(String path, IOException e) {
      String message = e.getMessage();
      return new Unreadable(
          path,
          message == null || message.isBlank()
              ? "it cannot be read (%s)".formatted(e.getClass().getSimpleName())
              : message);
    }
  }

  /** Creates an exception without details. */
  public DatasetException(String message) {
    this(message, List.of());
  }

  DatasetException(String message, List<Unreadable> unreadable) {
    super(message);
    this.unreadable = List.copyOf(unreadable);
  }

  /** The images that cannot be used. */
  public List<Unreadable> unreadable() {
    return unreadable;
  }
}
