package org.bagnetlab.server.backup;

import java.io.IOException;
import java.io.Serial;

/** A file is no complete, undamaged backup; the message says why, as the end of a sentence. */
public final class InvalidBackup extends IOException {

  @Serial private static final long serialVersionUID = 1;

  InvalidBackup(String why) {
    super(why);
  }
}
