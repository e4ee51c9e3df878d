package org.bagnetlab.server.configuration;

import java.io.IOException;
import java.io.Serial;

/** A file of YAML has no text that is read; the message goes on after its name. */
public final class UnreadableYaml extends IOException {

  @Serial private static final long serialVersionUID = 1;

  UnreadableYaml(String message) {
    super(message);
  }
}
