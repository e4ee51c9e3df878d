package org.bagnetlab.engine.nd4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process without oneDNN says so each time, instead of failing with an error of Java's loader.
 */
@Timeout(60)
class MissingLibraryTests {

  /** Starts the engine twice: of the second failure, Java itself only tells that there was one. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          CpuEngine.start();
        } catch (RuntimeException e) {
          System.out.println("said: " + e.getMessage());
        }
      }
    }
  }

  @Test
  void itIsNamedEachTime() throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("dnnl-"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Start.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("said: "))
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("said: oneDNN cannot be loaded: ")
                    .contains("no jar on the class path has ", "libgomp.so.1"));
  }
}
