package org.bagnetlab.server.json;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** Reads the facts that a worker reported about an artifact, and builds the URL of an artifact. */
public final class Facts {

  private static final TypeReference<Map<String, String>> BY_NAME = new TypeReference<>() {};

  private Facts() {}

  /** The facts that its worker reported, by name. */
  public static Map<String, String> of(ArtifactRow artifact) {
    return of(artifact.facts());
  }

  /** Parses stored facts, by name. */
  public static Map<String, String> of(String json) {
    return Json.read(json, BY_NAME);
  }

  /**
   * The checksum of the data set that an artifact belongs to. It distinguishes the data set from
   * another with the same name.
   *
   * @param json facts of the artifact; those of old labs have no checksum
   */
  public static Optional<String> datasetChecksum(String json) {
    return Optional.ofNullable(of(json).get(ArtifactFacts.DATASET_CHECKSUM));
  }

  /** The checksum of the data set of a run. Known once the split of its images is stored. */
  public static Optional<String> datasetChecksum(List<ArtifactRow> artifacts) {
    return split(artifacts).flatMap(split -> datasetChecksum(split.facts()));
  }

  /** The file with the split of a run's images. */
  public static Optional<ArtifactRow> split(List<ArtifactRow> artifacts) {
    return artifacts.stream().filter(artifact -> artifact.kind().equals("split")).findFirst();
  }

  /** The URL of an artifact's bytes. */
  public static String url(ArtifactRow artifact) {
    return "/api/v1/artifacts/" + artifact.id();
  }
}
