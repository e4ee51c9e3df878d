package org.bagnetlab.server.configuration;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown if a YAML file is too large or not text. The message is a predicate, to be written after
 * the name of the file.
 */
public final class UnreadableYaml extends IOException {

  @Serial private static final long serialVersionUID = 1;

  UnreadableYaml(String message) {
    super(message);
  }
}
