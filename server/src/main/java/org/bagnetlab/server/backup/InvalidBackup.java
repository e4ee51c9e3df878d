package org.bagnetlab.server.backup;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown if a file is not a complete, undamaged backup. The message gives the reason, as the end of
 * a sentence.
 */
public final class InvalidBackup extends IOException {

  @Serial private static final long serialVersionUID = 1;

  InvalidBackup(String why) {
    super(why);
  }
}
