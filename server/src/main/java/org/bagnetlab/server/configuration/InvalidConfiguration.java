package org.bagnetlab.server.configuration;

import org.bagnetlab.vision.staging.Unprintable;

/**
 * Thrown if the configuration file is invalid. The message names the file and the location in it.
 */
public final class InvalidConfiguration extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidConfiguration(String message) {
    super(Unprintable.line(message));
  }
}
