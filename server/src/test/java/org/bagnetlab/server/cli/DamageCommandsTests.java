package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
    for (List<String> yes : List.of(List.of("--yes"), List.<String>of())) {
      assertThat(remove("dataset", "scenes", directory, yes)).isEqualTo(1);
      assertThat(terminal.said()).isEqualTo("bagnetlab: There is no data set 'scenes'.\n");
      assertThat(remove("weights", "zoo", directory, yes)).isEqualTo(1);
      assertThat(terminal.said()).isEqualTo("bagnetlab: There are no weights 'zoo'.\n");
      assertThat(remove("token", "ada", directory, yes)).isEqualTo(1);
      assertThat(terminal.said()).startsWith("bagnetlab: There is no token 'ada'.");
    }
    assertThat(run("dataset", "remove", "controlled-15", "--yes", "--data", directory))
        .isEqualTo(1);
    assertThat(terminal.said()).contains("built in and cannot be removed");
  }

  private int remove(String what, String name, String directory, List<String> yes) {
    return run(
        Stream.concat(Stream.of(what, "remove", name, "--data", directory), yes.stream())
            .toArray(String[]::new));
  }

  /** Nobody is asked about what would not be lost. */
  @Test
  void aServerSaysThatThereIsNothingToRemove() throws Exception {
    try (TestServer server = new TestServer(data)) {
      String address = server.at("").toString();
      assertThat(run("dataset", "remove", "scenes", "--server", address)).isEqualTo(1);
      assertThat(terminal.said()).contains("There is no data set 'scenes'.");
      assertThat(run("weights", "remove", "zoo", "--server", address)).isEqualTo(1);
      assertThat(terminal.said()).contains("'zoo'").doesNotContain("add --yes");
      assertThat(run("sweeps", "none", "--delete", "--server", address)).isEqualTo(1);
      assertThat(terminal.said()).contains("'none'").doesNotContain("add --yes");
      assertThat(run("delete", "7", "--server", address)).isEqualTo(1);
      assertThat(terminal.said()).contains("7");
    }
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
      assertThat(terminal.said()).startsWith("Removed scenes from http://");
      assertThat(run("dataset", "remove", "scenes", "--yes", "--server", server.at("").toString()))
          .isEqualTo(1);
      assertThat(terminal.said()).contains("There is no data set 'scenes'.");
    }
  }
}
