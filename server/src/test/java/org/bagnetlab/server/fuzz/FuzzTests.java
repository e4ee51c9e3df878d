package org.bagnetlab.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some seconds of each campaign, always with the same inputs, in a process of its own: what fills
 * the memory, hangs, or ends Java is a find, too.
 */
@Timeout(180)
class FuzzTests {

  /** 256 MiB beyond what a server takes by itself. */
  private static final String MEMORY = "-Xmx320m";

  /** The same ones on every machine; a slow machine reads only some of them. */
  private static final int INPUTS = 2_000;

  private static final double MINUTES = 0.12;

  @TempDir private Path folder = Path.of("");

  static Stream<String> targets() {
    return Target.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void noInputBreaksAReader(String target) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    MEMORY,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.awt.headless=true",
                    "-Djava.io.tmpdir=" + folder,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Fuzz.class.getName(),
                    "--seed",
                    "18",
                    "--iterations",
                    String.valueOf(INPUTS),
                    "--minutes",
                    String.valueOf(MINUTES),
                    "--finds",
                    Files.createDirectories(Path.of("target", "fuzz")).toString(),
                    target))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    assertThat(text).contains(target + ": ", " inputs from seed 18, ").doesNotContain(": 0 inputs");
  }
}
