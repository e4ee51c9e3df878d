package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /**
   * The cycles that are left. An experiment checks its specification against the training of its
   * network, and that training describes its outputs as all experiments do.
   */
  private static final Set<Set<String>> KNOWN_CYCLES =
      Set.of(
          Set.of(
              "org.bagnetlab.experiment",
              "org.bagnetlab.experiment.heatmap",
              "org.bagnetlab.experiment.network",
              "org.bagnetlab.experiment.train"));

  private static final Pattern TABLE = Pattern.compile("tableCopies\\([^')]*'([^']+)'");
  private static final Pattern CODE = Pattern.compile("`([a-z]+)`");

  private static List<Path> modules() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String parent : List.of("", "jobs", "jobs/engine")) {
      try (Stream<Path> modules = Files.list(TREE.resolve(parent))) {
        modules.filter(path -> Files.isDirectory(path.resolve(MAIN))).forEach(found::add);
      }
    }
    return found;
  }

  private static List<Path> mainFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path module : modules()) {
      found.addAll(mainFiles(module));
    }
    return found;
  }

  private static List<Path> mainFiles(Path module) throws IOException {
    try (Stream<Path> files = Files.walk(module.resolve(MAIN))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
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

  /** A LaTeX table is labelled by its name without "-table". */
  @Test
  void noTwoTablesOfTheDashboardHaveTheSameLabel() throws IOException {
    Path scripts = TREE.resolve("web/src/main/resources/dashboard/js");
    Map<String, Set<String>> byLabel = new TreeMap<>();
    try (Stream<Path> files = Files.walk(scripts)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        Matcher table = TABLE.matcher(Files.readString(file));
        while (table.find()) {
          String name = table.group(1);
          byLabel.computeIfAbsent(name.replaceAll("-table$", ""), any -> new HashSet<>()).add(name);
        }
      }
    }
    assertThat(byLabel).hasSizeGreaterThan(10);
    assertThat(byLabel.values()).allSatisfy(names -> assertThat(names).hasSize(1));
  }

  @Test
  void packagesOfAModuleHaveNoOtherCycles() throws IOException {
    Set<Set<String>> cycles = new HashSet<>();
    for (Path module : modules()) {
      cycles.addAll(PackageUses.of(mainFiles(module)).cycles());
    }
    assertThat(cycles)
        .as("cycles of packages; remove one that is gone from KNOWN_CYCLES, and add none")
        .isEqualTo(KNOWN_CYCLES);
  }

  /** The first column of a table lists the packages of a module, or of one of its packages. */
  @ParameterizedTest
  @CsvSource({
    "`jobs/queue/` has a package for each concept, jobs/queue, org.bagnetlab.queue",
    "The packages of `storage`, storage, org.bagnetlab.storage",
    "The packages of `vision.dataset`, jobs/vision, org.bagnetlab.vision.dataset",
    "The packages of `server.http`, server, org.bagnetlab.server.http",
    "The packages of `server.results`, server, org.bagnetlab.server.results"
  })
  void aTableHasAllPackagesEachUsingOnlyThoseAboveIt(String before, String module, String root)
      throws IOException {
    Map<String, Integer> rows = rows(before);
    Path sources = TREE.resolve(module).resolve(MAIN).resolve(root.replace('.', '/'));
    try (Stream<Path> packages = Files.list(sources)) {
      assertThat(rows.keySet())
          .containsExactlyInAnyOrderElementsOf(
              packages
                  .filter(Files::isDirectory)
                  .map(directory -> directory.getFileName().toString())
                  .toList());
    }
    PackageUses.of(mainFiles(TREE.resolve(module)))
        .within(root)
        .forEach(
            (user, used) ->
                assertThat(used)
                    .as("%s uses only packages above it in the table", user)
                    .allMatch(each -> rows.getOrDefault(each, 0) <= rows.getOrDefault(user, 0)));
  }

  /** The packages of a table, with the number of their row. */
  private static Map<String, Integer> rows(String before) throws IOException {
    String document = Files.readString(TREE.resolve("CONTRIBUTING.md"));
    int start = document.indexOf("|---|---|\n", document.indexOf(before));
    List<String> table =
        document.substring(start, document.indexOf("\n\n", start)).lines().toList();
    Map<String, Integer> rows = new TreeMap<>();
    for (int row = 1; row < table.size(); row++) {
      Matcher matcher = CODE.matcher(table.get(row).split("\\|")[1]);
      while (matcher.find()) {
        rows.put(matcher.group(1), row);
      }
    }
    return rows;
  }
}
