package org.bagnetlab.storage.directory;

import org.jspecify.annotations.Nullable;

/** Recognises failures caused by a full disk. */
public final class FullDisk {

  private FullDisk() {}

  /** Whether one of the causes is a full disk, which the operating system reports only as text. */
  public static boolean caused(@Nullable Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
