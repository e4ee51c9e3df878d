package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs shell scripts that say what nvidia-smi said. */
@Timeout(30)
class NvidiaSmiTests {

  private static final Duration PATIENT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  /** Through the shell, since a file that was just written cannot always be executed. */
  private NvidiaSmi script(Duration limit, String... lines) throws IOException {
    return new NvidiaSmi(
        List.of("/bin/sh", Files.write(folder.resolve("smi"), List.of(lines)).toString()),
        limit,
        Clock.systemUTC());
  }

  private String says(String name) throws IOException {
    return "cat '%s'"
        .formatted(Files.writeString(folder.resolve(name), SmiOutputTests.recorded(name)));
  }

  private static String reason(Inventory inventory) {
    assertThat(inventory.gpus()).isEmpty();
    assertThat(inventory.problems()).hasSize(1);
    return inventory.problems().getFirst();
  }

  private static Gpu only(Inventory inventory) {
    assertThat(inventory.gpus()).hasSize(1);
    return inventory.gpus().getFirst();
  }

  @Test
  void theQueryIsWhatTheRecordedOutputsAnswer() throws IOException {
    Path arguments = folder.resolve("arguments");
    NvidiaSmi smi =
        script(PATIENT, "printf '%%s\\n' \"$@\" > '%s'".formatted(arguments), says("v100"));
    assertThat(only(smi.inventory()).name()).isEqualTo("Tesla V100-SXM2-16GB");
    assertThat(arguments)
        .hasContent(
            """
            --query-gpu=index,uuid,driver_version,memory.total,memory.used,memory.free,\
            utilization.gpu,temperature.gpu,power.draw,mig.mode.current,compute_cap,name
            --format=csv,noheader,nounits
            """);
  }

  @Test
  void errorsAreReadFromEitherStream() throws IOException {
    assertThat(reason(script(PATIENT, says("no-driver"), "exit 9").inventory()))
        .startsWith("The NVIDIA driver is not running.");
    assertThat(reason(script(PATIENT, says("no-driver") + " >&2", "exit 9").inventory()))
        .startsWith("The NVIDIA driver is not running.");
  }

  @Test
  void theOthersAreFoundThoughTheExitCodeSaysThatOneIsLost() throws IOException {
    Inventory inventory = script(PATIENT, says("one-lost"), "exit 15").inventory();
    assertThat(inventory.gpus()).hasSize(2);
  }

  @Test
  void aMissingProgramIsAReason() {
    NvidiaSmi smi =
        new NvidiaSmi(List.of(folder.resolve("none").toString()), PATIENT, Clock.systemUTC());
    assertThat(reason(smi.inventory()))
        .isEqualTo("No NVIDIA driver is installed: nvidia-smi was not found.");
  }

  @Test
  void aProgramThatMayNotBeRunIsAReason() throws IOException {
    Path file = Files.writeString(folder.resolve("smi"), "");
    assertThat(
            reason(new NvidiaSmi(List.of(file.toString()), PATIENT, Clock.systemUTC()).inventory()))
        .startsWith("nvidia-smi could not be started: ");
  }

  @Test
  void aHangingProgramIsEndedWithWhateverItStarted() throws Exception {
    Path pids = folder.resolve("pids");
    NvidiaSmi smi =
        script(
            Duration.ofSeconds(2),
            "tail -f /dev/null &",
            "echo $$ $! > '%s'".formatted(pids),
            "wait");
    assertThat(reason(smi.inventory()))
        .isEqualTo("The NVIDIA driver hangs: nvidia-smi did not answer within 2 seconds.");
    for (String pid : Files.readString(pids).strip().split(" ")) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(NvidiaSmiTests::assertEnded);
    }
  }

  /** Ended is also what nobody has asked for its exit code, as that of an orphan in a container. */
  private static void assertEnded(ProcessHandle process) {
    while (runs(process) && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(runs(process)).isFalse();
  }

  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @Test
  void itIsAskedAgainAfterAHang() throws IOException {
    Path flag = folder.resolve("flag");
    NvidiaSmi smi =
        script(
            Duration.ofSeconds(2),
            "[ -e '%s' ] || { touch '%s'; exec tail -f /dev/null; }".formatted(flag, flag),
            says("v100"));
    assertThat(reason(smi.inventory())).contains("did not answer");
    assertThat(smi.inventory().gpus()).hasSize(1);
  }

  /** No signal reaches a process that waits in the kernel for the driver. */
  @Test
  void noMoreProcessesAreStartedBesideOneThatCannotBeKilled() throws IOException {
    AtomicInteger started = new AtomicInteger();
    Unkillable process = new Unkillable();
    NvidiaSmi smi =
        new NvidiaSmi(List.of(), Duration.ofMillis(1), Clock.systemUTC()) {
          @Override
          Process start() {
            started.incrementAndGet();
            return process;
          }
        };
    assertThat(reason(smi.inventory())).contains("did not answer");
    assertThat(reason(smi.inventory())).contains("was killed but has not exited");
    assertThat(started).hasValue(1);
    process.alive = false;
    assertThat(reason(smi.inventory())).isEqualTo("nvidia-smi lists no GPU (exit code 9).");
    assertThat(started).hasValue(2);
  }

  @Test
  void interruptionIsKept() throws IOException {
    NvidiaSmi smi = script(PATIENT, "exec tail -f /dev/null");
    Thread.currentThread().interrupt();
    assertThat(reason(smi.inventory())).contains("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aProgramThatPrintsForEverIsEnded() throws IOException {
    assertThat(reason(script(Duration.ofSeconds(1), "yes").inventory())).contains("did not answer");
  }

  @Test
  void aRecentAnswerIsShared() throws IOException {
    Path runs = folder.resolve("runs");
    NvidiaSmi smi = script(PATIENT, "echo >> '%s'".formatted(runs), says("v100"));
    assertThat(smi.latest()).isEmpty();
    long before = System.nanoTime();
    Inventory first = smi.inventory(before);
    assertThat(smi.inventory(before)).isSameAs(first);
    assertThat(smi.latest()).containsSame(first);
    assertThat(smi.inventory()).isNotSameAs(first);
    assertThat(Files.readAllLines(runs)).hasSize(2);
  }

  /** Says nothing and lives on. */
  private static final class Unkillable extends Process {

    private final InputStream silence;

    private volatile boolean alive = true;

    Unkillable() throws IOException {
      silence = new PipedInputStream(new PipedOutputStream());
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) {
      return !alive;
    }

    @Override
    public void destroy() {}

    @Override
    public Process destroyForcibly() {
      return this;
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      return Stream.empty();
    }

    @Override
    public InputStream getInputStream() {
      return silence;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public int waitFor() {
      throw new UnsupportedOperationException("waits forever");
    }

    @Override
    public int exitValue() {
      return 9;
    }
  }
}
