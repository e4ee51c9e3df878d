package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.server.cli.CommandOfDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guide, followed from its first command to its last in a small lab. */
@Timeout(1200)
class GuideEndToEndTests {

  private static final Path GUIDE =
      Path.of("").toAbsolutePath().resolveSibling("docs").resolve("guide.md");

  /** Servers: one runs already. */
  private static final Set<String> SERVERS = Set.of("demo", "serve");

  /** Of the server, in the guide. */
  private static final String ADDRESS = "http://127.0.0.1:8080";

  private static final Pattern ARTIFACT = Pattern.compile("(?m)^ +heatmap .*/artifacts/(\\d+)$");

  @TempDir Path data;
  @TempDir Path files;

  @Test
  void everyCommandOfTheGuideWorks() throws Exception {
    String guide = Files.readString(GUIDE);
    Files.writeString(files.resolve("evening.yaml"), sweep(guide));
    zip(files.resolve("scenes.zip"));
    Application.Running server = new Application(data).serve();
    try {
      Application application = new Application(data, Map.of("BAGNETLAB_SERVER", server.address()));
      List<String> failed = new ArrayList<>();
      String artifact = "";
      for (CommandOfDocument command : CommandOfDocument.in(GUIDE, guide)) {
        List<String> arguments = new ArrayList<>(command.arguments());
        if (SERVERS.contains(arguments.get(0))) {
          continue;
        }
        arguments.subList(1, arguments.size()).replaceAll(word -> here(word, server));
        if (arguments.get(0).equals("download")) {
          arguments.set(1, artifact);
        }
        Application.Outcome outcome = application.run(arguments.toArray(String[]::new));
        if (outcome.status() != 0) {
          failed.add("./%s: %s".formatted(command.text(), outcome.errors()));
        }
        Matcher shown = ARTIFACT.matcher(outcome.output());
        artifact = shown.find() ? shown.group(1) : artifact;
        if (arguments.get(0).equals("compare")) {
          assertThat(outcome.output()).contains("McNemar's exact test: p ");
        }
      }
      assertThat(
              application
                  .run("download", artifact, files.resolve("heatmap.npy").toString())
                  .errors())
          .contains("ends in .png");
      assertThat(files.resolve("heatmap.npy")).doesNotExist();
      assertThat(application.run("runs", "--sweep", "evenning").errors()).contains("evenning");
      assertThat(failed).isEmpty();
      assertThat(files.resolve("heatmap.png")).isNotEmptyFile();
      assertThat(files.resolve("results")).isNotEmptyDirectory();
      assertThat(files.resolve("lab.zip")).isNotEmptyFile();
    } finally {
      server.kill();
    }
  }

  /** The file that the guide asks for. */
  private static String sweep(String guide) {
    MatchResult block =
        Pattern.compile("(?s)```yaml\n(.*?)```").matcher(guide).results().findFirst().orElseThrow();
    return block.group(1);
  }

  /** A file of the reader's current directory, or the server's address, as it is here. */
  private String here(String word, Application.Running server) {
    if (word.equals(ADDRESS)) {
      return server.address();
    }
    return word.matches("scenes\\.zip|evening\\.yaml|heatmap\\.png|results|lab\\.zip")
        ? files.resolve(word).toString()
        : word;
  }

  private void zip(Path file) throws IOException {
    Path folder = files.resolve("images");
    SmallScenes.write(folder, SmallScenes.CLASSES, 30, 10);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> images = Files.walk(folder)) {
      for (Path image : images.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(image).toString()));
        Files.copy(image, zip);
      }
    }
  }
}
