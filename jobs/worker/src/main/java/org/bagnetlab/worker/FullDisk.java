package org.bagnetlab.worker;

import java.io.IOException;

/** Tells a full disk from other failures to write. */
final class FullDisk {

  static final String CODE = "disk-full";
  static final String MESSAGE = "The disk is full: free some space.";

  private FullDisk() {}

  /** The system says it in words only. */
  static boolean is(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device")
        || message.contains("Disk quota exceeded")
        || message.contains("File too large");
  }
}
