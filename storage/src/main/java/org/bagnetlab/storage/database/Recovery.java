package org.bagnetlab.storage.database;

/** What a server does whose database does not fit to the files beside it. */
public enum Recovery {
  /** It does not start, and changes nothing. */
  REFUSE,
  /** It goes on with what there is, and keeps what that does not know in the quarantine. */
  REBUILD
}
