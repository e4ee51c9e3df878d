package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.BagnetLabServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that collect logs read each line as JSON. */
@Timeout(120)
class LogFormTests {

  /** Logs a line with a job's number, as the server does. */
  static final class Logging {
    public static void main(String[] arguments) {
      // The wrong port ends the command after it has chosen the form.
      var _ = Main.run("serve", "--log", "json", "--port", "-1", "--data", arguments[0]);
      org.slf4j.LoggerFactory.getLogger("org.bagnetlab.Some")
          .atWarn()
          .addKeyValue("job", 7)
          .setCause(new IllegalStateException("no\nway"))
          .log("Job {} was\ninterrupted", 7);
    }
  }

  @TempDir Path data;

  @Test
  void eachLineIsAnObject() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + BagnetLabServer.class.getResource("/logback.xml"),
                "-cp",
                System.getProperty("java.class.path"),
                Logging.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .start();
    Optional<String> line;
    try (BufferedReader lines = process.inputReader()) {
      line = lines.lines().filter(each -> each.startsWith("{")).findFirst();
    }
    JsonNode logged = Json.MAPPER.readTree(line.orElseThrow());
    assertThat(logged.path("timestamp").asLong()).isPositive();
    assertThat(logged.path("level").asText()).isEqualTo("WARN");
    assertThat(logged.path("loggerName").asText()).isEqualTo("org.bagnetlab.Some");
    assertThat(logged.path("formattedMessage").asText()).isEqualTo("Job 7 was\ninterrupted");
    assertThat(logged.at("/kvpList/0/job").asText()).isEqualTo("7");
    assertThat(logged.at("/throwable/message").asText()).isEqualTo("no\nway");
  }
}
