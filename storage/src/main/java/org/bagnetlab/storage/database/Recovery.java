package org.bagnetlab.storage.database;

/** What a server does if its database does not match the files in its directory. */
public enum Recovery {
  /** The server does not start, and changes nothing. */
  REFUSE,
  /** The server continues with the existing database, and moves unknown files to the quarantine. */
  REBUILD
}
