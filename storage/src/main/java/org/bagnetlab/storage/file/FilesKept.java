package org.bagnetlab.storage.file;

/** Reports that another reader already keeps the files of removed rows; only one can at a time. */
public final class FilesKept extends RuntimeException {

  private static final long serialVersionUID = 1;

  FilesKept() {
    super("Files whose rows are gone are kept for another reader already.");
  }
}
