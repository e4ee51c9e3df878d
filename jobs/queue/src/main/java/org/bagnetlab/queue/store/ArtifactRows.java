package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** Reads the database rows of artifacts. */
public final class ArtifactRows {

  /** The stored kind of a trained network. */
  public static final String CHECKPOINT = name(ArtifactKind.CHECKPOINT);

  /** The stored kind of a training state. */
  public static final String TRAINING_STATE = name(ArtifactKind.TRAINING_STATE);

  private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

  private ArtifactRows() {}

  /** Whether a training can resume from a file of this kind. */
  public static boolean resumable(String kind) {
    return kind.equals(CHECKPOINT) || kind.equals(TRAINING_STATE);
  }

  /** The name of a constant of the protocol in JSON and in the database. */
  public static String name(Enum<?> constant) {
    return Json.MAPPER.convertValue(constant, new TypeReference<String>() {});
  }

  /** The facts that a worker reported about a file. */
  public static Map<String, String> facts(ArtifactRow artifact) {
    return Json.read(artifact.facts(), FACTS);
  }

  /** The checksums of the data set that a job's files record. Old files do not record any. */
  public static Stream<String> images(List<ArtifactRow> files) {
    return files.stream()
        .flatMap(
            file -> Optional.ofNullable(facts(file).get(ArtifactFacts.DATASET_CHECKSUM)).stream());
  }
}
