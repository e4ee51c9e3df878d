package org.bagnetlab.queue.device;

/** Jobs cannot run on what was asked for; the message is one line that says why. */
public final class NoDevice extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoDevice(String message) {
    super(message);
  }
}
