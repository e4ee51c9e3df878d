package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every command in the documents is one that this version has, with these options. */
@Timeout(60)
class DocumentedCommandsTests {

  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();

  @TestFactory
  List<DynamicTest> everyCommandIsKnown() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : documents()) {
      for (CommandOfDocument command :
          CommandOfDocument.in(TREE.relativize(file), Files.readString(file))) {
        tests.add(
            DynamicTest.dynamicTest(
                "%s: ./%s".formatted(command.document(), command.text()), command::check));
      }
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests;
  }

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "docker/README.md")) {
      found.add(TREE.resolve(name));
    }
    // Pages of results quote the commands of the version that found them.
    try (Stream<Path> files = Files.walk(TREE.resolve("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(TREE.resolve("docs/results")))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }
}
