package org.bagnetlab.storage.file;

import org.bagnetlab.storage.artifact.ArtifactRow;

/** Reports that the file of a stored artifact is missing or has changed. */
public final class ArtifactLost extends RuntimeException {

  private static final long serialVersionUID = 1;

  ArtifactLost(ArtifactRow artifact, String problem) {
    super(
        "Artifact %d of job %d, %s, is lost: %s."
            .formatted(artifact.id(), artifact.job(), artifact.name(), problem));
  }
}
