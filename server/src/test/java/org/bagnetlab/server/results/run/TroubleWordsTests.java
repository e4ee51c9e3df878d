package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;

/** The dashboard has the server's words for trainings that went wrong. */
class TroubleWordsTests {

  private static final Path MODULE =
      Path.of("..", "web", "src", "main", "resources", "dashboard")
          .resolve(Path.of("js", "results", "troubles.js"));

  @Test
  void theDashboardsWordsAreTheServers() throws Exception {
    String module =
        """
        // Generated from Trouble.java; CONTRIBUTING.md says how to change it.

        /** @typedef {import('../api/types.js').Trouble} Trouble */

        /** What marks a training in lists, what went wrong, and what to do. @type {Record<Trouble, {mark: string, text: string, advice: string}>} */
        export const TROUBLES = {
        %s};

        /** What becomes of a training that ran to its end. */
        export const LEFT_OUT = '%s';

        /** The loss in nats from which on it has exploded. */
        export const EXPLODED_LOSS = %s;

        /** The width in points of an accuracy's interval above which there are too few images to tell whether anything was learnt. */
        export const WIDEST_INTERVAL = %s;
        """
            .formatted(
                Stream.of(Trouble.values())
                    .map(
                        trouble ->
                            "  %s: { mark: '%s', text: '%s', advice: '%s' },\n"
                                .formatted(
                                    Json.MAPPER.convertValue(trouble, String.class),
                                    trouble.mark(),
                                    trouble.text(),
                                    trouble.advice()))
                    .collect(Collectors.joining()),
                Trouble.LEFT_OUT,
                Math.round(Trouble.EXPLODED),
                Math.round(100 * Trouble.TOO_WIDE));
    if (Boolean.getBoolean("bagnetlab.update")) {
      Files.writeString(MODULE, module);
    }
    assertThat(MODULE)
        .as("troubles.js is not that of Trouble: run this test with -Dbagnetlab.update=true")
        .hasContent(module);
  }
}
