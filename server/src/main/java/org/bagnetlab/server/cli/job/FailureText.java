package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
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
            .map(share -> share.path("text").asText())
            .collect(Collectors.joining("; "));
    return Terminal.line(
        "%s (%s) failed: %s%s"
            .formatted(
                Count.of(failure.path("jobs").asLong(), "job"),
                failure.path("kind").asText(),
                failure.path("cause").asText(),
                values.isEmpty() ? "" : " [%s]".formatted(values)));
  }
}
