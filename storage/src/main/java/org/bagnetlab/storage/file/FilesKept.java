package org.bagnetlab.storage.file;

/** Another reader has the files of removed rows kept, and only one can at a time. */
public final class FilesKept extends RuntimeException {

  private static final long serialVersionUID = 1;

  FilesKept() {
    super("Files whose rows are gone are kept for another reader already.");
  }
}
