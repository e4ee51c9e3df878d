package org.bagnetlab.server.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.cli.lab.LabClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shows a sweep's progress never ends what makes it. */
class SweepProgressTests {

  @TempDir Path data;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

  @Test
  void aSweepThatIsGoneEndsTheFollowingWithALine() throws Exception {
    String address;
    try (TestServer server = new TestServer(data)) {
      address = server.at("/").toString();
      new SweepProgress(new LabClient(address), out).followWhilePossible("demo");
    }
    new SweepProgress(new LabClient(address), out).followWhilePossible("demo");
    assertThat(shown.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("There is no sweep 'demo'."))
        .anyMatch(line -> line.contains("No server responds"));
  }
}
