package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cli.terminal.Terminal;

/** Describes causes of failures. */
public final class FailureText {

  private FailureText() {}

  /** A cause on one line, with the values that failed jobs have in common. */
  public static String of(JsonNode failure) {
    String values =
        StreamSupport.stream(failure.path("values").spliterator(), false)
            .map(FailureText::share)
            .collect(Collectors.joining("; "));
    return "%s (%s) failed: %s%s"
        .formatted(
            Count.of(failure.path("jobs").asLong(), "job"),
            failure.path("kind").asText(),
            cause(failure),
            values.isEmpty() ? "" : " [%s]".formatted(values));
  }

  /** Warnings about values of a job with which most jobs failed before. */
  static List<String> warnings(JsonNode failures, ObjectNode request) {
    List<String> warnings = new ArrayList<>();
    for (JsonNode failure : failures) {
      for (JsonNode share : failure.path("values")) {
        if (failure.path("kind").equals(request.path("kind"))
            && share
                .path("value")
                .asText()
                .equals(request.path(share.path("parameter").asText()).asText(null))) {
          warnings.add("%s failed: %s".formatted(share(share), cause(failure)));
        }
      }
    }
    return warnings;
  }

  private static String cause(JsonNode failure) {
    return Terminal.line(failure.path("cause").asText());
  }

  private static String share(JsonNode share) {
    String label = share.path("label").asText();
    return "%d of %d with %s %s"
        .formatted(
            share.path("failed").asLong(),
            share.path("of").asLong(),
            label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1),
            Terminal.line(share.path("value").asText()));
  }
}
