package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application trains on the nodes of a real Slurm, and survives its server there. */
@Timeout(300)
class SlurmEndToEndTests {

  private static final String ENDLESS =
      """
      {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes", "imageSize": 64,
       "width": 0.03, "epochs": 1000}
      """;

  private static final Path SCRIPT =
      Path.of("..", "scripts", "slurm-cluster").toAbsolutePath().normalize();

  /** A socket's path is short, so this is not below the test's own directory. */
  private static final Path CLUSTER =
      Path.of(System.getProperty("java.io.tmpdir"), "slurm-" + ProcessHandle.current().pid());

  private static boolean started;

  @TempDir private Path data = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        script("check") == 0, "Slurm is not installed. As root: scripts/slurm-cluster install");
    started = true;
    assertThat(script("start", CLUSTER.toString())).isZero();
  }

  @AfterAll
  static void stop() throws Exception {
    if (started) {
      assertThat(script("stop", CLUSTER.toString())).isZero();
      FileTree.delete(CLUSTER);
    }
  }

  private static int script(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void trainsOnANodeAndGoesOnThereAfterTheServersDeath() throws Exception {
    Files.writeString(data.resolve("bagnetlab.yaml"), "slurm:\n  cpus: 2\n  time: 10\n");
    Application application =
        new Application(data, Map.of("SLURM_CONF", CLUSTER.resolve("slurm.conf").toString()))
            .withSmallScenes();
    Application.Running first = application.serve("--launcher", "slurm");
    try {
      Lab lab = new Lab(first.address());
      long id = lab.post("jobs", ENDLESS).path("id").asLong();
      JsonNode job = awaitTraining(lab, id);
      assertThat(job.path("worker").path("provenance").path("engine").path("device").asText())
          .matches(".* on n\\d \\(Slurm job \\d+\\)");
      assertThat(job.path("worker").path("provenance").path("engine").path("fastPath").asBoolean())
          .isTrue();
      first.kill();
      Application.Running second = application.serve("--launcher", "slurm");
      try {
        Lab after = new Lab(second.address());
        awaitTraining(after, id);
        assertThat(after.get("jobs/" + id + "/timeline").findValuesAsText("cause"))
            .anyMatch(cause -> cause.startsWith("the server died while the job was running"));
        after.post("jobs/" + id + "/cancel", "{}");
        after.await(
            id, Duration.ofMinutes(1), now -> now.path("state").asText().equals("CANCELLED"));
        assertThat(after.get("runs/" + id).path("artifacts").findValuesAsText("name"))
            .anyMatch(name -> name.startsWith("training-"));
      } finally {
        second.process().destroy();
        second.process().waitFor();
      }
    } finally {
      first.kill();
    }
  }

  @Test
  void aWrongSettingIsOneLine() throws Exception {
    Files.writeString(data.resolve("bagnetlab.yaml"), "slurm:\n  memory: much\n");
    Application.Outcome refused =
        new Application(data).run("serve", "--launcher", "slurm", "--port", "0");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.errors())
        .contains("bagnetlab: ")
        .contains("slurm", "memory must be a size such as 16G");
  }

  private static JsonNode awaitTraining(Lab lab, long job) throws Exception {
    return lab.await(
        job,
        Duration.ofSeconds(90),
        now -> now.path("progress").path("phase").asText().equals("training"));
  }
}
