package org.bagnetlab.server.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  Stream<DynamicTest> everyFindIsTakenOrRefusedInOneLine() throws IOException, URISyntaxException {
    Path finds =
        Path.of(Objects.requireNonNull(FoundCasesTests.class.getResource("/fuzz")).toURI());
    return Files.walk(finds)
        .filter(Files::isRegularFile)
        .sorted()
        .map(file -> dynamicTest(String.valueOf(finds.relativize(file)), () -> read(file)));
  }

  private void read(Path file) throws Exception {
    Target.Start start =
        Objects.requireNonNull(Target.all().get(file.getParent().getFileName().toString()));
    byte[] input = Files.readAllBytes(file);
    try (Target target = start.in(Files.createTempDirectory(folder, "fuzz"))) {
      assertThatCode(() -> target.takes(input)).doesNotThrowAnyException();
    }
  }
}
