package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal shows of damaged data sets and weights, and how they go. */
@Timeout(120)
class DamageCommandsTests {

  private final TerminalOfTests terminal = new TerminalOfTests();

  @TempDir Path data;

  @AfterEach
  void restore() {
    terminal.close();
  }

  private void damage(String file) throws Exception {
    Path damaged = data.resolve(file);
    Files.createDirectories(damaged.getParent());
    Files.writeString(damaged, "null");
  }

  private int run(String... arguments) {
    return terminal.run(arguments);
  }

  @Test
  void damagedOnesAreListedAndRemoved() throws Exception {
    damage("datasets/scenes/dataset.json");
    damage("weights/zoo/weights.json");
    String directory = data.toString();
    assertThat(run("dataset", "list", "--data", directory)).isZero();
    assertThat(terminal.said()).containsPattern("scenes +DAMAGED .*dataset remove scenes");
    assertThat(run("weights", "list", "--data", directory)).isZero();
    assertThat(terminal.said()).containsPattern("zoo +DAMAGED .*weights remove zoo");
    assertThat(run("dataset", "list", "--json", "--data", directory)).isZero();
    JsonNode json = Json.MAPPER.readTree(terminal.said());
    assertThat(json.path("damaged").path(0).path("name").asText()).isEqualTo("scenes");
    assertThat(run("dataset", "remove", "scenes", "--yes", "--data", directory)).isZero();
    assertThat(run("weights", "remove", "zoo", "--yes", "--data", directory)).isZero();
    terminal.said();
    assertThat(data.resolve("datasets/scenes")).doesNotExist();
    assertThat(data.resolve("weights/zoo")).doesNotExist();
    assertThat(run("dataset", "remove", "scenes", "--yes", "--data", directory)).isEqualTo(1);
    assertThat(terminal.said()).isEqualTo("bagnetlab: There is no data set 'scenes'.\n");
    assertThat(run("dataset", "remove", "controlled-15", "--yes", "--data", directory))
        .isEqualTo(1);
    assertThat(terminal.said()).contains("built in and cannot be removed");
  }

  @Test
  void whileAServerRunsItRemoves() throws Exception {
    try (TestServer server = new TestServer(data)) {
      damage("datasets/scenes/dataset.json");
      assertThat(run("dataset", "remove", "scenes", "--yes", "--data", data.toString()))
          .isEqualTo(1);
      assertThat(terminal.said()).contains("Set its address with --server URL");
      assertThat(run("dataset", "remove", "scenes", "--yes", "--server", server.at("").toString()))
          .isZero();
      assertThat(terminal.said()).isEqualTo("Removed scenes.\n");
      assertThat(run("dataset", "remove", "scenes", "--yes", "--server", server.at("").toString()))
          .isEqualTo(1);
      assertThat(terminal.said()).contains("There is no data set 'scenes'.");
    }
  }
}
