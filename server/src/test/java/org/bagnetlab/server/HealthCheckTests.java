package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.http.connection.TlsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The images' health check, outside of a container. */
@Timeout(60)
class HealthCheckTests {

  private static final Path SCRIPT = Path.of("..", "docker", "health").toAbsolutePath();

  @TempDir Path data;

  private record Outcome(int status, String said) {}

  @BeforeEach
  void needsCurl() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl"))),
        "the image has curl, this machine has not");
  }

  private static Outcome health(int port) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(SCRIPT.toString(), Integer.toString(port)))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  @Test
  void findsAServerWithoutHttps() throws Exception {
    try (TestServer server = new TestServer(data)) {
      assertThat(health(server.at("/").getPort())).isEqualTo(new Outcome(0, ""));
    }
  }

  @Test
  void findsAServerWithHttpsThatNeedsALogin(@TempDir Path files) throws Exception {
    SelfSigned made = SelfSigned.in(files);
    Endpoint endpoint =
        new Endpoint(
            "0.0.0.0",
            0,
            Set.of(),
            true,
            Optional.of(new TlsFiles(made.certificate(), made.key())));
    try (TestServer server = new TestServer(TestServer.settings(data).with(endpoint))) {
      assertThat(health(server.at("/").getPort())).isEqualTo(new Outcome(0, ""));
    }
  }

  @Test
  void findsThatThereIsNone() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Outcome outcome = health(port);
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.said()).contains("curl").hasLineCount(1);
  }
}
