package org.bagnetlab.vision.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.bagnetlab.vision.architecture.Architectures;

/** The file beside imported weights that says what is known about them: a versioned JSON object. */
final class FactsFile {

  /** Its name in the folder of the weights. */
  static final String NAME = "weights.json";

  private static final String VERSION_FIELD = "formatVersion";

  /** Files without a version, which were written at first, are of this one. */
  private static final int VERSION = 1;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private FactsFile() {}

  static void write(Path file, WeightsFacts facts) throws IOException {
    ObjectNode json = MAPPER.createObjectNode().put(VERSION_FIELD, VERSION);
    json.setAll((ObjectNode) MAPPER.valueToTree(facts));
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
  }

  /**
   * Reads a file.
   *
   * @param name of the weights
   * @throws IOException if it is damaged or of a later version; the message is one line
   */
  static WeightsFacts read(Path file, String name) throws IOException {
    try {
      return checked(json(file), name);
    } catch (JsonProcessingException e) {
      throw damaged(name, e.getOriginalMessage());
    }
  }

  private static ObjectNode json(Path file) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object
        ? object
        : MAPPER.createObjectNode();
  }

  private static WeightsFacts checked(ObjectNode json, String name) throws IOException {
    JsonNode version = json.remove(VERSION_FIELD);
    if (version != null && version.asInt() != VERSION) {
      throw new IOException(
          "The %s of the weights '%s' has format %s; this version reads format %d."
              .formatted(NAME, name, version, VERSION));
    }
    WeightsFacts facts = MAPPER.treeToValue(json, WeightsFacts.class);
    if (!facts.name().equals(name)) {
      throw damaged(name, "it is about '%s'".formatted(facts.name()));
    }
    if (Architectures.find(facts.architecture()).isEmpty()) {
      throw damaged(name, "there is no architecture '%s'".formatted(facts.architecture()));
    }
    if (!SHA_256.matcher(facts.checksum()).matches()) {
      throw damaged(name, "'%s' is no checksum".formatted(facts.checksum()));
    }
    return facts;
  }

  private static IOException damaged(String name, String why) {
    return new IOException(
        "The %s of the weights '%s' is damaged: %s."
            .formatted(NAME, name, why.replaceAll("[\\p{C}]+", " ")));
  }
}
