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
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.staging.JsonProblem;
import org.jspecify.annotations.Nullable;

/** The metadata file of imported weights: a versioned JSON object. */
final class FactsFile {

  /** The name of the file in the folder of the weights. */
  static final String NAME = "weights.json";

  private static final String VERSION_FIELD = "formatVersion";

  /** The current version, which is also that of early files without a version. */
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
   * @param name name of the weights
   * @throws DamagedException if it cannot be read, is damaged or has a later version
   */
  static WeightsFacts read(Path file, String name) throws DamagedException {
    try {
      return checked(json(file, name), name);
    } catch (DamagedException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw damaged(name, JsonProblem.words(e), e);
    } catch (IOException e) {
      throw unread(name, e);
    }
  }

  private static ObjectNode json(Path file, String name) throws IOException {
    if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
      return object;
    }
    throw damaged(name, "it is not a JSON object", null);
  }

  private static WeightsFacts checked(ObjectNode json, String name) throws IOException {
    JsonNode version = json.remove(VERSION_FIELD);
    if (version != null && version.asInt() != VERSION) {
      throw unusable(
          NAME,
          name,
          "has format %s; this version reads format %d".formatted(version, VERSION),
          null);
    }
    WeightsFacts facts = MAPPER.treeToValue(json, WeightsFacts.class);
    if (!facts.name().equals(name)) {
      throw damaged(name, "it belongs to '%s'".formatted(facts.name()), null);
    }
    if (Architectures.find(facts.architecture()).isEmpty()) {
      throw damaged(name, "there is no architecture '%s'".formatted(facts.architecture()), null);
    }
    if (!SHA_256.matcher(facts.checksum()).matches()) {
      throw damaged(name, "'%s' is not a checksum".formatted(facts.checksum()), null);
    }
    return facts;
  }

  private static DamagedException damaged(String name, String why, @Nullable Throwable cause) {
    return unusable(NAME, name, "is damaged: " + why, cause);
  }

  /** The exception if one of the two files in the folder of weights is missing. */
  static DamagedException missing(String file, String name) {
    return unusable(file, name, "is missing", null);
  }

  private static DamagedException unusable(
      String file, String name, String how, @Nullable Throwable cause) {
    return problem(
        file,
        name,
        "%s. Remove them with ./bagnetlab weights remove %s (while a server runs, with --server URL), and import them again."
            .formatted(how, name),
        cause);
  }

  /**
   * The exception for a file that cannot be read. Its content may be intact, so the weights must
   * not be removed.
   */
  private static DamagedException unread(String name, IOException e) {
    return problem(
        NAME, name, "cannot be read: %s. Check its permissions and the disk.".formatted(e), e);
  }

  private static DamagedException problem(
      String file, String name, String words, @Nullable Throwable cause) {
    return new DamagedException(
        name, "The %s of the weights '%s' %s".formatted(file, name, words), cause);
  }
}
