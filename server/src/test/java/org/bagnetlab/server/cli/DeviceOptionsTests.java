package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What jobs cannot run on is refused in one line, before anything is opened. */
@Timeout(60)
class DeviceOptionsTests {

  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** An application without a class path for CUDA. */
  @TempDir Path application;

  @TempDir Path data;

  @BeforeEach
  void listen() {
    System.setProperty(LocalLauncher.APPLICATION, application.toString());
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(stderr);
    System.clearProperty(LocalLauncher.APPLICATION);
  }

  private String refusal(String... options) {
    String[] arguments = {"serve", "--port", "0", "--data", data.toString(), "", ""};
    System.arraycopy(options, 0, arguments, 5, 2);
    assertThat(Main.run(arguments)).isEqualTo(1);
    assertThat(data).isEmptyDirectory();
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void cudaWithoutAGpuThatMayRunJobs() {
    assertThat(refusal("--backend", "cuda"))
        .startsWith("bagnetlab: --backend cuda: no job can run on a GPU. ")
        .hasLineCount(1);
  }

  @Test
  void moreSlotsThanCores() {
    assertThat(refusal("--cpu-slots", "100000"))
        .startsWith("bagnetlab: --cpu-slots must be from 1 to ")
        .endsWith(", the number of cores, but is 100000.\n");
  }

  @Test
  void anUnknownBackend() {
    assertThat(refusal("--backend", "tpu"))
        .isEqualTo("bagnetlab: --backend must be auto, cpu, cuda or torch, but is tpu.\n");
  }
}
