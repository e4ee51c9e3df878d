package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree is as CONTRIBUTING.md describes it, and a class is found by its name. */
@Timeout(60)
class SourceTreeTests {

  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
  private static final Path MAIN = Path.of("src", "main", "java");

  /** Files that a name does not identify. {@code Main} starts a program, of which there are two. */
  private static final Set<String> REPEATED = Set.of("Main.java", "package-info.java");

  private static final Pattern CODE = Pattern.compile("`([a-z]+)`");

  private static List<Path> mainFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String parent : List.of("", "jobs", "jobs/engine")) {
      try (Stream<Path> modules = Files.list(TREE.resolve(parent))) {
        for (Path module : modules.filter(path -> Files.isDirectory(path.resolve(MAIN))).toList()) {
          try (Stream<Path> files = Files.walk(module.resolve(MAIN))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
          }
        }
      }
    }
    return found;
  }

  @Test
  void noTwoClassesHaveTheSameName() throws IOException {
    Map<String, List<Path>> byName =
        mainFiles().stream()
            .filter(file -> !REPEATED.contains(file.getFileName().toString()))
            .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
    assertThat(byName).hasSizeGreaterThan(500);
    assertThat(byName.values()).allSatisfy(files -> assertThat(files).hasSize(1));
  }

  /** The first column of a table lists the packages of a module. */
  @ParameterizedTest
  @CsvSource({
    "`jobs/queue/` has a package for each concept, jobs/queue, org/bagnetlab/queue",
    "The packages of `storage`, storage, org/bagnetlab/storage"
  })
  void theTableOfPackagesIsComplete(String before, String module, String root) throws IOException {
    String document = Files.readString(TREE.resolve("CONTRIBUTING.md"));
    int start = document.indexOf("|---|---|\n", document.indexOf(before));
    String table = document.substring(start, document.indexOf("\n\n", start));
    Set<String> described = new TreeSet<>();
    table.lines().map(row -> row.split("\\|")[1]).forEach(cell -> addCodes(cell, described));
    try (Stream<Path> packages = Files.list(TREE.resolve(module).resolve(MAIN).resolve(root))) {
      assertThat(described)
          .containsExactlyInAnyOrderElementsOf(
              packages
                  .filter(Files::isDirectory)
                  .map(directory -> directory.getFileName().toString())
                  .toList());
    }
  }

  private static void addCodes(String text, Set<String> codes) {
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
  }
}
