package org.bagnetlab.vision.dataset.imported;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/** A data set that cannot be had, with one line for a person and the details. */
public final class DatasetException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private final transient List<Unreadable> unreadable;

  /** An image that cannot be used, and why. */
  public record Unreadable(String path, String reason) {

    /** Not every exception of a disk or a zip file has a message; a reason is always given. */
    static Unreadable of(String path, IOException e) {
      String message = e.getMessage();
      return new Unreadable(
          path,
          message == null || message.isBlank()
              ? "it cannot be read (%s)".formatted(e.getClass().getSimpleName())
              : message);
    }
  }

  /** One with nothing but a line. */
  public DatasetException(String message) {
    this(message, List.of());
  }

  DatasetException(String message, List<Unreadable> unreadable) {
    super(message);
    this.unreadable = List.copyOf(unreadable);
  }

  /** Every image that cannot be used. */
  public List<Unreadable> unreadable() {
    return unreadable;
  }
}
