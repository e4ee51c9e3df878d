package org.bagnetlab.server.backup;

import java.io.IOException;
import java.io.Serial;

/**
 * A file is not a complete, undamaged backup; the message is the end of a sentence, with the
 * reason.
 */
public final class InvalidBackup extends IOException {

  @Serial private static final long serialVersionUID = 1;

  InvalidBackup(String why) {
    super(why);
  }
}
