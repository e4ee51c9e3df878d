package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Path;

/** Reports that a restoration of the data directory from a backup is incomplete. */
public final class IncompleteRestoration extends IOException {

  private static final long serialVersionUID = 1;

  IncompleteRestoration(Path directory) {
    super("%s was not restored completely: run restore again.".formatted(directory));
  }
}
