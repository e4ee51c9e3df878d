package org.bagnetlab.server.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the fuzzer once found stays mended: each file of {@code /fuzz/TARGET}. */
@Timeout(60)
class FoundCasesTests {

  @TempDir private Path folder = Path.of("");

  @TestFactory
  List<DynamicTest> everyFindIsTakenOrRefusedInOneLine() throws IOException, URISyntaxException {
    Path finds =
        Path.of(Objects.requireNonNull(FoundCasesTests.class.getResource("/fuzz")).toURI());
    try (Stream<Path> files = Files.walk(finds)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(
              file -> {
                Path name = finds.relativize(file);
                String target = String.valueOf(name.getName(0));
                return dynamicTest(String.valueOf(name), () -> read(target, file));
              })
          .toList();
    }
  }

  private void read(String name, Path file) throws Exception {
    Target.Start start = Objects.requireNonNull(Target.all().get(name));
    byte[] input = Files.readAllBytes(file);
    try (Target target = start.in(Files.createTempDirectory(folder, "fuzz"))) {
      assertThatCode(() -> target.takes(input)).doesNotThrowAnyException();
    }
  }
}
