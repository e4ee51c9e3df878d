package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.bagnetlab.server.cli.lab.LabClient;

/** The differences of two runs, for a terminal. */
public final class DifferenceText {

  private DifferenceText() {}

  /** Asks the server for the differences of two runs. */
  public static JsonNode between(LabClient client, long first, long second)
      throws IOException, InterruptedException {
    return client.get("runs/%d/difference?from=%d".formatted(second, first));
  }

  /** The text for a terminal. */
  public static String of(JsonNode difference) {
    return "%s%n%s%n%s"
        .formatted(
            facts("Settings", difference.path("settings")),
            facts("Provenance", difference.path("provenance")),
            "Results: " + difference.path("sentence").asText());
  }

  private static String facts(String title, JsonNode facts) {
    if (facts.isEmpty()) {
      return title + ": the same";
    }
    StringBuilder text = new StringBuilder(title).append(':');
    for (JsonNode fact : facts) {
      text.append(
          "%n  %s: %s | %s"
              .formatted(
                  fact.path("name").asText(),
                  fact.path("a").asText("none"),
                  fact.path("b").asText("none")));
    }
    return text.toString();
  }
}
