package org.bagnetlab.server.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;

/**
 * A sweep that comes with the lab.
 *
 * @param name of the sweep
 * @param jobs requests, each with the sweep's name
 */
public record Preset(String name, List<JsonNode> jobs) {

  /** The names of those that there are. */
  public static final List<String> NAMES = List.of("demo");

  /** The preset of this name. */
  public static Optional<Preset> named(String name) {
    return NAMES.contains(name) ? Optional.of(new Preset(name, read(name))) : Optional.empty();
  }

  private static List<JsonNode> read(String name) {
    try (InputStream stream = Preset.class.getResourceAsStream(name + ".json")) {
      List<JsonNode> jobs =
          List.copyOf(Json.MAPPER.readerForListOf(JsonNode.class).readValue(stream));
      jobs.forEach(job -> ((ObjectNode) job).put("sweep", name));
      return jobs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
