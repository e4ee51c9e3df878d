package org.bagnetlab.server.bundle;

import java.io.IOException;

/** A file is not a complete bundle. The message completes the sentence "It cannot be imported:". */
public final class InvalidBundle extends IOException {

  private static final long serialVersionUID = 1;

  InvalidBundle(String why) {
    super(why);
  }
}
