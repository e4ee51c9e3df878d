package org.bagnetlab.storage.file;

/**
 * Reports that a worker's file does not match its claim, or is in a location that is not allowed.
 */
public final class ArtifactRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  ArtifactRefused(String message) {
    super(message);
  }
}
