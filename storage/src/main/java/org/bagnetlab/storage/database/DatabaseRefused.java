package org.bagnetlab.storage.database;

/**
 * The database does not match the files next to it, or is damaged. Nothing was changed. The message
 * says what to do.
 */
public final class DatabaseRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  DatabaseRefused(String message) {
    super(message);
  }
}
