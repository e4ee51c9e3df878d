package org.bagnetlab.server.configuration;

import org.bagnetlab.vision.staging.Unprintable;

/** The configuration file is invalid; the message names the file and the location. */
public final class InvalidConfiguration extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidConfiguration(String message) {
    super(Unprintable.line(message));
  }
}
