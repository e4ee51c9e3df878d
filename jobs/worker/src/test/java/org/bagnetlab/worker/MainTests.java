package org.bagnetlab.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process itself. */
@Timeout(60)
class MainTests {

  /** A worker for a job, whose class path has no engine of the name that it is to take. */
  private static Process withoutEngine(Map<String, String> variables) throws IOException {
    ProcessBuilder worker =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dbagnetlab.engine=missing",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    worker.environment().putAll(variables);
    return worker.start();
  }

  @Test
  void oneThatWasStartedAheadLeavesIfItCannotLoadTheEngine() throws Exception {
    assertLeaves("");
  }

  /** The job has not begun, and gets another worker. */
  @Test
  void itLeavesEvenIfItHasGotAJobMeanwhile() throws Exception {
    assertLeaves(
        Json.line(
                new WorkerCommand.Run(
                    WorkerEvent.PROTOCOL,
                    new Assignment(
                        1,
                        Json.MAPPER.createObjectNode(),
                        ".",
                        ".",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        60,
                        Optional.empty()),
                    Optional.empty()))
            + "\n");
  }

  private static void assertLeaves(String command) throws Exception {
    Process worker = withoutEngine(Map.of(WorkerCommand.STARTED_AHEAD, "true"));
    try (BufferedReader errors = worker.errorReader();
        Writer commands = worker.outputWriter()) {
      commands.write(command);
      commands.flush();
      assertThat(errors.lines()).anyMatch(line -> line.contains("no engine missing"));
      assertThat(worker.waitFor()).isEqualTo(WorkerCommand.UNPREPARED);
    } finally {
      worker.destroyForcibly();
    }
  }

  /** Its job is to hear of it. */
  @Test
  void oneThatHasAJobStaysIfItCannotLoadTheEngine() throws Exception {
    Process worker = withoutEngine(Map.of());
    try (BufferedReader errors = worker.errorReader()) {
      String line = errors.readLine();
      while (line != null && !line.contains("no engine missing")) {
        line = errors.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(worker.waitFor(1, TimeUnit.SECONDS)).isFalse();
      worker.getOutputStream().close();
      assertThat(worker.waitFor()).as("it has lost its server").isEqualTo(3);
    } finally {
      worker.destroyForcibly();
    }
  }

  /**
   * Numbers are part of tensors' and images' names, and so of the images of controlled-15 and of
   * the permutations of tiles. Egypt writes them in other digits.
   */
  @Test
  void theMachinesLanguageChangesNoName(@TempDir Path folder)
      throws IOException, InterruptedException {
    Architecture architecture = Architectures.named("bagnet9").build(4, 0.0625, 64);
    Path file = folder.resolve("bagnet9.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                Json.line(new EngineRequest.InspectWeights(file.toString())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    EngineAnswer answer =
        Json.MAPPER.readValue(process.getInputStream().readAllBytes(), EngineAnswer.class);
    assertThat(process.waitFor()).isZero();
    assertThat(answer).isInstanceOf(EngineAnswer.Result.class);
    assertThat(((EngineAnswer.Result) answer).value().has("problem")).isFalse();
  }
}
