package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The annotations of a run, for a terminal. */
final class AnnotationText {

  private AnnotationText() {}

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
