package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is killed, what was stored is there and what is shown is true. */
@Timeout(300)
class KillEndToEndTests {

  private static final String TINY =
      """
      {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes", "imageSize": 64,
       "width": 0.03, "epochs": 1}
      """;
  private static final String ENDLESS =
      """
      {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes", "imageSize": 64,
       "width": 0.03, "epochs": 1000}
      """;

  @TempDir private Path data = Path.of("");

  @Test
  void storedResultsSurviveKilledWorkersAndServers() throws Exception {
    Application application = new Application(data).withSmallScenes();
    Application.Running first = application.serve();
    try (Chromium chromium = new Chromium()) {
      Lab lab = new Lab(first.address());
      long stored = lab.post("jobs", TINY).path("id").asLong();
      lab.await(stored, Duration.ofMinutes(2), job -> state(job).equals("SUCCEEDED"));
      JsonNode results = lab.get("runs/" + stored).path("results");
      assertThat(results.path("test").path("images").asInt()).isEqualTo(SmallScenes.TEST_IMAGES);

      long shot = lab.post("jobs", ENDLESS).path("id").asLong();
      JsonNode running = awaitTraining(lab, shot);
      long worker = running.path("worker").path("pid").asLong();
      ProcessHandle.of(worker).orElseThrow().destroyForcibly();
      // It goes on by itself, from its last checkpoint if it left one.
      JsonNode resumed =
          lab.await(
              shot,
              Duration.ofSeconds(90),
              job ->
                  state(job).equals("RUNNING")
                      && job.path("worker").path("pid").asLong(worker) != worker);
      assertThat(resumed.path("interruptions").asInt()).isEqualTo(1);
      assertThat(lab.get("jobs/" + shot + "/timeline").findValuesAsText("cause"))
          .anyMatch(cause -> cause.contains("SIGKILL") && cause.contains("epoch"))
          .contains("requeued automatically");
      lab.post("jobs/" + shot + "/pause", "{}");
      lab.await(shot, Duration.ofMinutes(1), job -> state(job).equals("PAUSED"));

      long cancelled = lab.post("jobs", ENDLESS).path("id").asLong();
      awaitTraining(lab, cancelled);
      lab.post("jobs/" + cancelled + "/cancel", "{}");
      JsonNode stopped =
          lab.await(cancelled, Duration.ofMinutes(1), job -> !state(job).equals("RUNNING"));
      assertThat(state(stopped)).isEqualTo("CANCELLED");
      assertThat(lab.get("runs/" + cancelled).path("artifacts").findValuesAsText("name"))
          .anyMatch(name -> name.startsWith("training-"));
      assertThat(stopped.path("worker").path("provenance").path("code").path("version").asText())
          .isEqualTo("0.1.0");

      long orphaned = lab.post("jobs", ENDLESS).path("id").asLong();
      JsonNode second = awaitTraining(lab, orphaned);
      Application.Outcome refused =
          application.run("serve", "--port", "0", "--data", data.toString());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.errors()).contains(Long.toString(first.process().pid()));
      Page page = chromium.newPage();
      page.navigate(first.address());
      assertThat(page.getByTestId("comparison-table")).isVisible();
      assertThat(page.getByTestId("since")).hasCount(0);
      first.kill();

      Application.Running again = application.serveAgain(first);
      try {
        Lab after = new Lab(again.address());
        assertThat(after.get("runs/" + stored).path("results")).isEqualTo(results);
        assertThat(after.get("jobs/" + orphaned + "/timeline").findValuesAsText("cause"))
            .anyMatch(cause -> cause.startsWith("the server died while the job was running"));
        assertThat(state(after.get("jobs/" + shot))).isEqualTo("PAUSED");
        awaitTraining(after, orphaned);
        // Its reader was there, but nobody saw what the job did.
        assertThat(page.getByTestId("since")).containsText("#%d".formatted(orphaned));
        assertThat(page.getByTestId("since")).containsText("the server died");
        // The new server ends an orphan, unless its closed stdin did.
        ProcessHandle.of(second.path("worker").path("pid").asLong())
            .ifPresent(orphan -> orphan.onExit().orTimeout(30, TimeUnit.SECONDS).join());
      } finally {
        again.process().destroy();
        again.process().waitFor();
      }
    } finally {
      first.kill();
    }
  }

  @Test
  void aWorkerGivesWayToItsServer() throws Exception {
    Application.Running running = new Application(data).withSmallScenes().serve();
    try {
      Lab lab = new Lab(running.address());
      long id = lab.post("jobs", ENDLESS).path("id").asLong();
      long worker = awaitTraining(lab, id).path("worker").path("pid").asLong();
      assertThat(niceness(worker)).isEqualTo(Math.min(19, 5 + niceness(running.process().pid())));
    } finally {
      running.process().destroy();
      running.process().waitFor();
    }
  }

  /** As the kernel has it, see proc(5); the process's name before it may contain spaces. */
  private static int niceness(long pid) throws IOException {
    String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Integer.parseInt(status.substring(status.lastIndexOf(')') + 2).split(" ")[16]);
  }

  /** Ctrl-C in a terminal reaches the server and its workers. */
  @Test
  void whoIsStoppedByASignalToAllLeavesACheckpoint() throws Exception {
    Application application = new Application(data).withSmallScenes();
    Application.Running first = application.asGroup().serve();
    try {
      Lab lab = new Lab(first.address());
      long id = lab.post("jobs", ENDLESS).path("id").asLong();
      long worker = awaitTraining(lab, id).path("worker").path("pid").asLong();
      for (String signal : List.of("HUP", "INT", "TERM")) {
        signal(signal, worker);
      }
      int epoch = lab.get("jobs/" + id).path("progress").path("epoch").asInt();
      JsonNode later =
          lab.await(
              id,
              Duration.ofSeconds(90),
              job -> job.path("progress").path("epoch").asInt() > epoch);
      assertThat(later.path("worker").path("pid").asLong()).isEqualTo(worker);

      signal("INT", -first.process().pid());
      assertThat(first.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ProcessHandle.of(worker)).isEmpty();
      Application.Running again = application.serve();
      try {
        Lab after = new Lab(again.address());
        assertThat(after.get("jobs/" + id + "/timeline").findValuesAsText("cause"))
            .anyMatch(cause -> cause.startsWith("the server was stopped in epoch "))
            .noneMatch(cause -> cause.contains("killed by signal"));
        assertThat(after.get("jobs/" + id).path("interruptions").asInt()).isZero();
        assertThat(after.get("runs/" + id).path("artifacts").findValuesAsText("name"))
            .anyMatch(name -> name.startsWith("training-"));
        awaitTraining(after, id);
        assertThat(after.get("jobs/" + id).path("resumed").asText())
            .matches("resumed from epoch \\d+ of \\d+ \\(the server was stopped\\)");
        assertThat(after.get("digest").path("resumed").findValuesAsText("job"))
            .containsExactly(String.valueOf(id));
      } finally {
        again.process().destroy();
        again.process().waitFor();
      }
    } finally {
      first.kill();
    }
  }

  private static void signal(String name, long process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, "--", Long.toString(process)).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static JsonNode awaitTraining(Lab lab, long job) throws Exception {
    return lab.await(
        job,
        Duration.ofSeconds(90),
        now ->
            now.path("progress").path("phase").asText().equals("training")
                && now.path("progress").path("done").asInt() > 1);
  }

  private static String state(JsonNode job) {
    return job.path("state").asText();
  }
}
