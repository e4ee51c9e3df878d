package org.bagnetlab.storage.file;

import org.bagnetlab.storage.artifact.ArtifactRow;

/** The file of a stored artifact is missing, or no longer what was stored. */
public final class ArtifactLost extends RuntimeException {

  private static final long serialVersionUID = 1;

  ArtifactLost(ArtifactRow artifact, String problem) {
    super(
        "Artifact %d of job %d, %s, is lost: %s."
            .formatted(artifact.id(), artifact.job(), artifact.name(), problem));
  }
}
