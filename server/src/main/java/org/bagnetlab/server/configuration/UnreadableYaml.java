package org.bagnetlab.server.configuration;

import java.io.IOException;
import java.io.Serial;

/** A YAML file is too large or not text; the message is a predicate to follow the file's name. */
public final class UnreadableYaml extends IOException {

  @Serial private static final long serialVersionUID = 1;

  UnreadableYaml(String message) {
    super(message);
  }
}
