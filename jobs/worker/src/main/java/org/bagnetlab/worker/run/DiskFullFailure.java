package org.bagnetlab.worker.run;

import java.io.IOException;

/** Recognises write failures caused by a full disk. */
public final class DiskFullFailure {

  /** The failure code. */
  public static final String CODE = "disk-full";

  /** The message for users. */
  public static final String MESSAGE = "The disk is full: free some space.";

  private DiskFullFailure() {}

  /** Whether the failure means that the disk is full, which the system reports only as text. */
  public static boolean is(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device")
        || message.contains("Disk quota exceeded")
        || message.contains("File too large");
  }
}
