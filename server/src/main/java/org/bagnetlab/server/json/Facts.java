package org.bagnetlab.server.json;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** What describes an artifact, and where it is served. */
public final class Facts {

  private static final TypeReference<Map<String, String>> BY_NAME = new TypeReference<>() {};

  private Facts() {}

  /** The facts that its worker reported, by name. */
  public static Map<String, String> of(ArtifactRow artifact) {
    return of(artifact.facts());
  }

  /** Facts by name, from how they are stored. */
  public static Map<String, String> of(String json) {
    return Json.read(json, BY_NAME);
  }

  /**
   * The checksum of the data set that an artifact is about, which distinguishes its images from
   * another data set with the same name.
   *
   * @param json the artifact's facts; in old labs they have no checksum
   */
  public static Optional<String> datasetChecksum(String json) {
    return Optional.ofNullable(of(json).get(ArtifactFacts.DATASET_CHECKSUM));
  }

  /** The same of the images of a run, once its split is stored. */
  public static Optional<String> datasetChecksum(List<ArtifactRow> artifacts) {
    return split(artifacts).flatMap(split -> datasetChecksum(split.facts()));
  }

  /** The file of a run with the division of its images. */
  public static Optional<ArtifactRow> split(List<ArtifactRow> artifacts) {
    return artifacts.stream().filter(artifact -> artifact.kind().equals("split")).findFirst();
  }

  /** The URL of its bytes. */
  public static String url(ArtifactRow artifact) {
    return "/api/v1/artifacts/" + artifact.id();
  }
}
