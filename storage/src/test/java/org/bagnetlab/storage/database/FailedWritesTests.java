package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.storage.JavaProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database whose file could not be written goes on when it can, in a process without asserts. */
@Timeout(300)
class FailedWritesTests {

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir private Path folder = Path.of("");

  private static void limitFiles(long process, String bytes) throws Exception {
    Process limiting =
        new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(process), "--fsize=" + bytes)
            .inheritIO()
            .start();
    assertThat(limiting.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(limiting.exitValue()).isZero();
  }

  /** The system refuses to let a file grow beyond a limit, as a failing disk refuses writes. */
  @Test
  void everyWriteIsAnsweredAndNoneLostHoweverManyFailed() throws Exception {
    Assumptions.assumeTrue(Files.exists(PRLIMIT), "prlimit is not installed");
    Path file = folder.resolve("lab");
    Process process = JavaProcess.start(FailingProcess.class, file.toString());
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      assertThat(next(output, "open")).isEqualTo("open");
      limitFiles(process.pid(), "400000:unlimited");
      assertThat(next(output, "failed|no answer|not stored")).isEqualTo("failed");
      limitFiles(process.pid(), "unlimited");
      input.write("go on\n");
      input.flush();
      assertThat(next(output, "stored again|no answer|not stored")).isEqualTo("stored again");
      Matcher counts =
          Pattern.compile("(\\d+) acknowledged, (\\d+) found")
              .matcher(next(output, "\\d+ acknowledged.*"));
      assertThat(counts.matches()).isTrue();
      // A commit that failed at the file may have taken place nevertheless.
      assertThat(Integer.parseInt(counts.group(2)))
          .isGreaterThanOrEqualTo(Integer.parseInt(counts.group(1)));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(DatabaseInspection.inPlace(file).damage()).isEmpty();
  }

  private static String next(BufferedReader output, String line) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String said = output.readLine(); said != null; said = output.readLine()) {
      if (said.matches(line)) {
        return said;
      }
      before.append(said).append('\n');
    }
    throw new AssertionError(before);
  }
}
