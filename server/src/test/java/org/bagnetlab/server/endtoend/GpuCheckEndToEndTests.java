package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * {@code scripts/gpu-check} on the CPU, and with it all that a user does with libtorch: a server
 * with such workers, trainings in two precisions, a pause and a resumption, benchmarks.
 */
@Timeout(600)
@Isolated("libtorch's threads spin while they wait, and take the cores from others")
@EnabledIfSystemProperty(named = "bagnetlab.tests", matches = "all")
class GpuCheckEndToEndTests {

  private static final Path SCRIPT =
      Path.of("..", "scripts", "gpu-check").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void needsWorkersWithLibtorch() {
    assumeTrue(
        Boolean.getBoolean("bagnetlab.worker.torch"),
        "this build has no class path worker-torch: -Ptorch adds it, and ./bagnetlab test has it");
  }

  private int check(Path report, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                SCRIPT.toString(),
                "--device",
                "cpu",
                "--application",
                Application.built().toString(),
                "--report",
                report.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("progress").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The data directory of the script's server, as its report has it. */
  private static String data(Path report) throws IOException {
    Matcher line = Pattern.compile("Data directory: (\\S+)\\.").matcher(Files.readString(report));
    assertThat(line.find()).isTrue();
    return line.group(1);
  }

  private String progress() throws Exception {
    return Files.readString(folder.resolve("progress"), StandardCharsets.UTF_8);
  }

  @Test
  void everyPartPassesOnTheCpu() throws Exception {
    Path scenes = folder.resolve("scenes");
    SmallScenes.write(scenes, SmallScenes.CLASSES, 30, 10);
    Path report = folder.resolve("report.md");

    int status = check(report, "--short", "--dataset", scenes.toString());

    assertThat(status).as(progress()).isZero();
    assertThat(Files.readString(report))
        .contains("Training of bagnet9: passed", "libtorch", "instructions", "Needed at most")
        .contains("bf16: passed", "Resumption, bit for bit: passed", "resumed in epoch")
        .contains("Heatmap at every pixel: passed", "secondsPerImage")
        .contains("Throughput over slots: 1: passed")
        .containsPattern("\\| 1 \\| [0-9.]+ \\|")
        .containsPattern("\\| bagnet9 \\| bf16 \\| [0-9.]+ \\|")
        .contains("All parts passed.");
    String data = data(report);
    assertThat(ProcessHandle.allProcesses().map(ProcessHandle::info))
        .as("the script's server has ended")
        .noneMatch(process -> process.commandLine().orElse("").contains(data));
  }

  @Test
  void aWrongOptionIsRefusedAndAPartThatFailsIsReported() throws Exception {
    Path report = folder.resolve("report.md");
    assertThat(check(report, "--device", "tpu")).isEqualTo(2);
    assertThat(progress()).contains("--device must be cuda or cpu, but is 'tpu'.");

    assertThat(check(report, "--application", folder.toString())).isEqualTo(2);
    assertThat(progress()).contains("has no workers for this: see ./bagnetlab build torch");

    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(check(report, "--short", "--dataset", empty.toString())).isEqualTo(1);
    assertThat(progress()).contains("Images").contains("FAILED");
    assertThat(Files.readString(report)).contains("Images: FAILED");
  }
}
