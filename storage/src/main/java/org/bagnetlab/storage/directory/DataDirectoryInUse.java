package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Path;

/** Reports that another server, or a restoration, owns the data directory. */
public final class DataDirectoryInUse extends IOException {

  private static final long serialVersionUID = 1;

  private final String owner;

  DataDirectoryInUse(Path directory, String owner) {
    super(
        "The data directory %s is in use by another server or restore (process %s)."
            .formatted(directory, owner));
    this.owner = owner;
  }

  /** The process ID of the owner, or {@code unknown}. */
  public String owner() {
    return owner;
  }
}
