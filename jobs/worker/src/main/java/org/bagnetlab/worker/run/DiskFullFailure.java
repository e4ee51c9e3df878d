package org.bagnetlab.worker.run;

import java.io.IOException;

/** Recognises a full disk among failures to write. */
public final class DiskFullFailure {

  /** The code of the failure. */
  public static final String CODE = "disk-full";

  /** The message for users. */
  public static final String MESSAGE = "The disk is full: free some space.";

  private DiskFullFailure() {}

  /** The system reports it only as text. */
  public static boolean is(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device")
        || message.contains("Disk quota exceeded")
        || message.contains("File too large");
  }
}
