package org.bagnetlab.queue.device;

/** Jobs cannot run on the requested devices; the message is one line with the reason. */
public final class NoDevice extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoDevice(String message) {
    super(message);
  }
}
