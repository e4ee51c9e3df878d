package org.bagnetlab.storage.file;

/** A worker's file is not what the worker says it is, or not where it may be. */
public final class ArtifactRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  ArtifactRefused(String message) {
    super(message);
  }
}
