package org.bagnetlab.queue.device;

/** Reports that jobs cannot run on the requested devices, with the reason in one line. */
public final class NoDevice extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoDevice(String message) {
    super(message);
  }
}
