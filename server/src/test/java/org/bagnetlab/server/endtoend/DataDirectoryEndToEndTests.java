package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that somebody does to a data directory makes a server lose runs, or take others' over.
 */
@Timeout(300)
class DataDirectoryEndToEndTests {

  private static final String JOB =
      """
      {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes", "imageSize": 64,
       "width": 0.03, "epochs": %d, "batchSize": 64}
      """;

  @TempDir private Path temporary = Path.of("");

  private Path data() {
    return temporary.resolve("lab");
  }

  private Path database() {
    return data().resolve("database/bagnetlab.mv.db");
  }

  private static void stop(Application.Running server) throws InterruptedException {
    server.process().destroy();
    assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Trains, and gives what was measured. */
  private static JsonNode trained(Application.Running server) throws Exception {
    Lab lab = new Lab(server.address());
    long id = lab.post("jobs", JOB.formatted(1)).path("id").asLong();
    lab.await(id, Duration.ofMinutes(2), job -> job.path("state").asText().equals("SUCCEEDED"));
    return lab.get("runs/" + id).path("results");
  }

  /** The files of runs, in the data directory or in its quarantine. */
  private List<String> files(String part) throws IOException {
    Path root = data().resolve(part);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void filesOfRunsOutliveTheirDatabase() throws Exception {
    Application application = new Application(data()).withSmallScenes();
    Application.Running first = application.serve();
    JsonNode results = trained(first);
    first.kill();
    Path older = temporary.resolve("older");
    Files.copy(database(), older);
    Application.Running second = application.serve();
    trained(second);
    stop(second);
    List<String> artifacts = files("artifacts");
    assertThat(artifacts).isNotEmpty();
    Path newest = temporary.resolve("newest");
    Files.move(database(), newest);

    for (String wrong : List.of("missing", "empty", "older")) {
      if (wrong.equals("empty")) {
        Files.createFile(database());
      } else if (wrong.equals("older")) {
        Files.delete(database());
        Files.copy(older, database());
      }
      Application.Outcome refused =
          application.run("serve", "--port", "0", "--data", data().toString());
      assertThat(refused.status()).as(wrong).isEqualTo(1);
      assertThat(refused.errors().lines().filter(line -> line.startsWith("bagnetlab: ")))
          .singleElement()
          .asString()
          .contains(wrong, "--rebuild", database().toString());
      assertThat(files("artifacts")).as(wrong).isEqualTo(artifacts);
    }

    Application.Running rebuilt = application.serve("--rebuild");
    Lab lab = new Lab(rebuilt.address());
    assertThat(lab.get("runs/1").path("results")).isEqualTo(results);
    assertThat(lab.get("jobs/2").path("code").asText()).isEqualTo("job-not-found");
    assertThat(lab.get("storage").path("parts").path("quarantine").asLong()).isPositive();
    assertThat(lab.get("storage/retention").path("quarantine")).hasSize(1);
    stop(rebuilt);
    assertThat(files("quarantine"))
        .filteredOn(file -> file.contains("/artifacts/2/"))
        .hasSameSizeAs(artifacts.stream().filter(file -> file.startsWith("2/")).toList());

    Files.move(newest, database(), StandardCopyOption.REPLACE_EXISTING);
    Application.Running last = application.serve("--rebuild");
    assertThat(new Lab(last.address()).get("jobs").path("total").asInt()).isEqualTo(2);
    stop(last);
    assertThat(files("artifacts")).isEqualTo(artifacts);
  }

  @Test
  void aServerOnACopyLeavesTheWorkersOfTheOriginalAlone() throws Exception {
    Application application = new Application(data()).withSmallScenes();
    Application.Running original = application.serve();
    try {
      Lab lab = new Lab(original.address());
      long id = lab.post("jobs", JOB.formatted(1000)).path("id").asLong();
      JsonNode running =
          lab.await(
              id, Duration.ofSeconds(90), job -> job.path("progress").path("done").asInt() > 1);
      long worker = running.path("worker").path("pid").asLong();
      for (int round = 1; round <= 2; round++) {
        Path copy = temporary.resolve("copy-" + round);
        assertThat(
                new ProcessBuilder("cp", "-r", data().toString(), copy.toString())
                    .start()
                    .waitFor())
            .isZero();
        Application.Running second = new Application(copy).serve();
        Lab other = new Lab(second.address());
        assertThat(other.get("jobs/" + id + "/timeline").findValuesAsText("cause"))
            .contains("the server died while the job was running");
        second.kill();
        assertThat(ProcessHandle.of(worker)).isPresent();
        JsonNode still = lab.get("jobs/" + id);
        assertThat(still.path("state").asText()).isEqualTo("RUNNING");
        assertThat(still.path("worker").path("pid").asLong()).isEqualTo(worker);
      }
      assertThat(lab.get("jobs/" + id).path("interruptions").asInt()).isZero();
    } finally {
      original.kill();
    }
  }

  @Test
  void whoListensToEverybodyWithoutTlsIsWarnedInOneLine() throws Exception {
    Application application = new Application(data()).withSmallScenes();
    Application.Running open = application.serve("--host", "0.0.0.0");
    try {
      assertThat(open.address()).startsWith("http://0.0.0.0:");
      assertThat(Files.readString(data().resolve("serve-errors.txt")).lines())
          .filteredOn(line -> line.startsWith("Warning: "))
          .singleElement()
          .asString()
          .contains("without TLS", "tokens");
    } finally {
      open.kill();
    }
    assertThat(application.run("serve", "--host", "no such host").errors())
        .contains("--host must be an address of this machine, but is 'no such host'.");
  }
}
