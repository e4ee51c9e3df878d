package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Path;

/** The data directory has only some of the files of the backup that it was to be restored from. */
public final class IncompleteRestoration extends IOException {

  private static final long serialVersionUID = 1;

  IncompleteRestoration(Path directory) {
    super("%s was not restored completely: run restore again.".formatted(directory));
  }
}
