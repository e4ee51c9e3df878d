package org.bagnetlab.storage;

/** The disk or the database failed: nothing is wrong with what was asked. */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
