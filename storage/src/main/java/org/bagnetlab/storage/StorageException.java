package org.bagnetlab.storage;

/** Reports that the disk or the database failed while a valid request was processed. */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
