package org.bagnetlab.server.json;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** A file of a job, as shown by the API. */
public record ArtifactJson(
    long id,
    long job,
    Optional<String> output,
    String kind,
    String name,
    String mediaType,
    String sha256,
    long size,
    Map<String, String> facts,
    String url) {

  /** Converts a stored file. */
  public static ArtifactJson of(ArtifactRow artifact) {
    return new ArtifactJson(
        artifact.id(),
        artifact.job(),
        artifact.output(),
        artifact.kind(),
        artifact.name(),
        artifact.mediaType(),
        artifact.sha256(),
        artifact.size(),
        Facts.of(artifact),
        Facts.url(artifact));
  }
}
