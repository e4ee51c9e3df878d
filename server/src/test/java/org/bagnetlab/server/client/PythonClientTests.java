package org.bagnetlab.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that the server hands out, in the machine's own Python. */
@Timeout(120)
class PythonClientTests {

  private static final String PYTHON = "python3";

  @TempDir private Path directory;

  private static boolean hasPython() {
    return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PYTHON)));
  }

  @Test
  void aScriptReadsSubmitsAndWaits() throws Exception {
    assumeThat(hasPython()).as("the machine has Python").isTrue();
    try (TestServer server = new TestServer(directory.resolve("data"))) {
      Files.writeString(
          directory.resolve("bagnetlab.py"), server.get("/clients/bagnetlab.py").body());
      Path script = directory.resolve("client.py");
      try (InputStream text =
          Objects.requireNonNull(getClass().getResourceAsStream("/python/client.py"))) {
        Files.copy(text, script);
      }
      assertThat(run(script.toString(), server.at("").toString())).endsWith("as expected\n");
    }
  }

  private String run(String script, String address) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(PYTHON, script, address)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the script has ended").isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
