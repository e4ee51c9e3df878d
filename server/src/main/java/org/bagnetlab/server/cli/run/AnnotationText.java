package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;

/** The annotations of a run, for a terminal. */
final class AnnotationText {

  private AnnotationText() {}

  /** Reads the annotations of a run, in the same form as the response to a change. */
  static JsonNode read(LabClient client, long id) throws IOException, InterruptedException {
    JsonNode run = client.get("runs/" + id);
    ObjectNode annotation = Json.MAPPER.createObjectNode().put("job", id);
    for (String part : List.of("tags", "note")) {
      if (run.has(part)) {
        annotation.set(part, run.path(part));
      }
    }
    return annotation;
  }

  /** The tags in the server's response. */
  static List<String> tags(JsonNode annotation) {
    List<String> tags = new ArrayList<>();
    annotation.path("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  static String of(JsonNode annotation) {
    List<String> tags = tags(annotation);
    return "Run %d: %s%s"
        .formatted(
            annotation.path("job").asLong(),
            tags.isEmpty()
                ? "no tags"
                : tags.stream().collect(Collectors.joining(", ", "tagged ", "")),
            annotation.has("note") ? ". Note: " + annotation.path("note").asText() : ", no note.");
  }
}
