package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Sweeps and the queue in a terminal, as people type them. */
@Timeout(120)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class SweepCommandTests {

  private static final String LADDER =
      """
      name: ladder
      base: {dataset: controlled-15}
      grid:
        architecture: [bagnet9]
        seed: [1, 2]
      """;

  @TempDir Path data;
  @TempDir Path files;
  TestServer server;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    server = new TestServer(data);
    PrintStream heard = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(heard);
    System.setErr(heard);
  }

  @AfterEach
  void stop() {
    System.setOut(out);
    System.setErr(err);
    server.close();
  }

  /** What a command says, after its exit code. */
  private String run(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--server");
    arguments.add(server.at("/").toString());
    said.reset();
    int code = Main.run(arguments.toArray(String[]::new));
    return code + " " + said.toString(StandardCharsets.UTF_8);
  }

  private String file(String text) throws Exception {
    Path file = files.resolve("sweep.yaml");
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void aSweepIsCheckedByTheLine() throws Exception {
    assertThat(run("sweep", file(LADDER), "--check"))
        .isEqualTo("0 Trainings: 2. Jobs on their networks: 0.\n");
    assertThat(run("sweep", file(LADDER.replace("[1, 2]", "[1, x]\n  epochs: [0]")), "--check"))
        .startsWith("1 ")
        .contains("sweep.yaml, line 5: In grid: seed must be a whole number")
        .contains("sweep.yaml, line 6: In grid: epochs must be");
    assertThat(run("sweeps")).contains("There are no sweeps.");
  }

  @Test
  void aSweepIsQueuedWatchedAndDeleted() throws Exception {
    assertThat(run("sweeps")).contains("There are no sweeps.");
    assertThat(run("sweep", file(LADDER)))
        .startsWith("0 Sweep ladder has 2 jobs.")
        .contains("./bagnetlab sweeps ladder --watch");
    assertThat(run("sweeps", "ladder", "--watch"))
        .startsWith("0")
        .contains("SUCCEEDED")
        .contains("ladder (ended): 2 SUCCEEDED");
    assertThat(run("jobs", "--state", "succeeded")).contains("    2  SUCCEEDED");
    assertThat(run("jobs", "--state", "failed")).contains("No job is FAILED.");
    assertThat(run("jobs", "--limit", "1")).contains("Showing 1 of 2.");
    assertThat(run("show", "1")).contains("QUEUED       submitted").contains("started on CPU");
    assertThat(run("sweeps", "ladder", "--delete", "--yes"))
        .isEqualToNormalizingNewlines("0 Deleted sweep ladder with 2 jobs, results and files.\n");
    assertThat(run("sweeps", "ladder")).startsWith("1").contains("There is no sweep 'ladder'.");
    assertThat(run("jobs")).contains("There are no jobs.");
  }

  @Test
  void failuresAndCostsAreShownAndWarnedAbout() throws Exception {
    String batches =
        LADDER
            .replace("name: ladder", "name: batches")
            .replaceFirst("grid:", "grid:\n  batchSize: [8, 512]");
    assertThat(run("sweep", file(batches))).startsWith("0 Sweep batches has 4 jobs.");
    assertThat(run("sweeps", "batches", "--watch")).startsWith("1");
    assertThat(run("sweeps", "batches"))
        .containsPattern("  Used so far: [0-9.]+ s of device time, [0-9.]+ s of processor time\\.")
        .contains(
            "  2 jobs (train) failed: Out of memory: tried to allocate … bytes [2 of 2 with batch size 512], in all sweeps");
    assertThat(run("sweep", file(batches), "--check"))
        .startsWith("0 Trainings: 4. Jobs on their networks: 0.\n2 of the trainings would take ")
        .contains("\nNote: 2 of 2 with batch size 512");
    assertThat(run("sweep", file(batches.replace("bagnet9", "bagnet17")), "--check"))
        .contains(", a rough guess from other networks, if none exists yet");
    assertThat(
            run(
                "submit",
                "train",
                "--arch",
                "bagnet9",
                "--dataset",
                "controlled-15",
                "--seed",
                "7",
                "--batch",
                "512"))
        .startsWith("0 Note: 2 of 2 with batch size 512 failed: Out of memory")
        .contains("Job 5 is queued");
    assertThat(run("show", "1")).contains("  Cost: ").contains("at most 315 MB of memory");
  }

  @Test
  void whatIsHeldCancelledAndResumedIsTold() throws Exception {
    try (EventStream events = server.events("")) {
      // It waits to be told to stop, so that the others stay queued.
      events.await(server.train("bagnet33", 99), "RUNNING");
    }
    assertThat(run("devices")).contains("CPU: running job 1, 2 threads");
    assertThat(run("sweep", file(LADDER))).startsWith("0");
    assertThat(run("sweep", file(LADDER.replace("ladder", "wider").replace("1, 2", "2, 3"))))
        .contains("2 jobs, 1 of them reused and not run again");
    assertThat(run("sweeps"))
        .containsPattern(
            "ladder \\(open\\): 2 QUEUED; done about 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d\n");
    assertThat(run("sweeps", "ladder", "--hold"))
        .contains("ladder (held: held by user): 2 QUEUED")
        .contains("Other sweeps share 1 job, not held: 3.");
    assertThat(run("resume", "2")).contains("its sweep ladder is held: release the sweep first.");
    assertThat(run("jobs")).contains("held: release it with ./bagnetlab sweeps ladder --release");
    assertThat(run("sweeps", "ladder", "--release")).contains("ladder (open): 2 QUEUED");
    assertThat(run("sweeps", "ladder", "--cancel", "--yes"))
        .contains("ladder (ended): 1 CANCELLED")
        .contains("Kept 1 job shared with others: 3.");
    assertThat(run("sweep", file(LADDER)))
        .contains("1 of them failed or were cancelled")
        .contains("./bagnetlab sweeps ladder --resume");
    assertThat(run("sweeps", "ladder", "--resume"))
        .contains("ladder (open): 2 QUEUED")
        .contains("1 job requeued.");
    String held = file(LADDER.replace("ladder", "held").replace("1, 2", "7, 8"));
    assertThat(run("sweep", held)).startsWith("0");
    assertThat(run("sweeps", "held", "--hold")).startsWith("0");
    assertThat(run("sweeps", "held", "--watch"))
        .isEqualToNormalizingNewlines(
            "1   held: held by user\nheld (held: held by user): 2 QUEUED\n");
    assertThat(run("move", "4", "--first")).startsWith("0");
    assertThat(run("sweeps", "ladder", "--delete", "--yes"))
        .startsWith("1")
        .contains("cancel the sweep");
    assertThat(run("sweeps", "--hold")).startsWith("1").contains("Give the name of a sweep");
    assertThat(run("pause", "2")).contains("Job 2").endsWith(": PAUSED\n");
  }

  @Test
  void whatIsWrongInAFileIsNamedWithItsLine() throws Exception {
    String place = files.resolve("sweep.yaml").toString();
    assertThat(run("sweep", file(LADDER.replace("seed: [1, 2]", "width: [5]"))))
        .startsWith("2 bagnetlab: " + place + ", line 5: In grid: width must be from 0.01 to");
    assertThat(run("sweep", file(LADDER.replace("controlled-15", "controlled-15-cue-conflict"))))
        .startsWith("2 bagnetlab: " + place + ", line ")
        .contains("Data set controlled-15-cue-conflict has only test images");
    assertThat(run("sweep", file(LADDER.replace("[1, 2]", "1"))))
        .contains("line 5: grid.seed must be a list of values, but is 1.");
    assertThat(run("sweep", file(LADDER + "then:\n  - {kind: heatmap,\n     stride: 3}\n")))
        .contains("line 8: In then: stride must be 1, 2, 4 or 8, but is 3.");
    assertThat(run("sweep", file(LADDER + "  seed: [3]\n")))
        .contains("line 6: 'seed' appears twice.");
    assertThat(run("sweep", file(LADDER + "gird: {}\n")))
        .contains("line 6: There is no field 'gird'");
    assertThat(run("sweep", file(LADDER + "  : [\n"))).contains("invalid YAML: ");
    assertThat(run("sweep", file(LADDER + "then: [" + "[".repeat(20) + "\n")))
        .contains(
            "line 6: invalid YAML: more than 100000 values, or more than 16 levels of nesting.");
    assertThat(run("sweep", file(LADDER.replace("base:", "base: &b") + "then: [*b]\n")))
        .contains("line 6", "aliases such as *b are not read");
    assertThat(run("sweep", file(LADDER + "#".repeat(1 << 20))))
        .contains("sweep.yaml is larger than 1 MiB, the limit of YAML files.");
    assertThat(run("sweep", file(LADDER + "---\n" + LADDER)))
        .contains("several YAML documents; a sweep is a single document");
    assertThat(run("sweep", file(LADDER + "\tthen: []\n"))).contains("line 6").contains("TAB");
    assertThat(run("sweep", "--preset", "demo", "--set", "epochs=2", "--set", "epochs=3"))
        .contains("--set is given more than once for epochs.");
    assertThat(run("sweep", "--preset", "demo", "--set", "epochs")).contains("SETTING=VALUE");
    assertThat(run("sweep", file("- ladder"))).contains("must have name, base and grid");
    assertThat(run("sweep", files.toString())).contains("is a folder");
    assertThat(run("sweep", files.resolve("none.yaml").toString())).contains("There is no file");
    assertThat(run("sweeps")).contains("There are no sweeps.");
  }
}
