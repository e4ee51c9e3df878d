package org.bagnetlab.server.configuration;

/** The configuration file says what makes no sense; the message names the file and the place. */
public final class InvalidConfiguration extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidConfiguration(String message) {
    super(message);
  }
}
