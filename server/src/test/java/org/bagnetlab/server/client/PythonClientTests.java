package org.bagnetlab.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bagnetlab.server.EventStream;
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

  @Test
  void theExampleDrawsAccuracyOverReceptiveField() throws Exception {
    assumeThat(hasPython()).as("the machine has Python").isTrue();
    try (TestServer server = new TestServer(directory.resolve("data"));
        EventStream events = server.events("")) {
      for (String network : List.of("bagnet9", "bagnet33", "resnet50")) {
        events.await(server.train(network, 1), "SUCCEEDED");
      }
      events.await(server.train("bagnet9", 2), "SUCCEEDED");
      Files.writeString(
          directory.resolve("bagnetlab.py"), server.get("/clients/bagnetlab.py").body());
      Path script = directory.resolve("notebook.py");
      Files.copy(Path.of("..", "docs", "checks", "notebook.py"), script);
      assertThat(Files.readAllLines(script)).hasSizeLessThan(30);
      String figure = run(script.toString(), server.at("").toString(), "controlled-15");
      assertThat(figure).startsWith("<svg").endsWith("</svg>\n").doesNotContain("Traceback");
      assertThat(figure.split("<circle", -1)).hasSize(1 + 4);
      assertThat(figure).contains("<title>BagNet-9</title>", ">64</text>");
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(PYTHON), Stream.of(command)).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the script has ended").isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
