package org.bagnetlab.server.cli.results;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.storage.directory.FileTree;

/**
 * A browser without a window, which runs a page's scripts and prints what the page is then.
 *
 * @param executable of Chromium
 */
record Chromium(Path executable) {

  private static final String VARIABLE = "BAGNETLAB_CHROMIUM";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** How long a page may take by its own clock, which stands still while it waits for a server. */
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(30);

  /**
   * The browser of this machine: that of a variable, otherwise the first on the path.
   *
   * @throws Failure if the variable names no executable
   */
  static Optional<Chromium> find(Map<String, String> environment) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (!chosen.isBlank()) {
      if (!Files.isExecutable(Path.of(chosen))) {
        throw new Failure("%s is %s, which is not an executable.".formatted(VARIABLE, chosen));
      }
      return Optional.of(new Chromium(Path.of(chosen)));
    }
    List<String> folders =
        Arrays.asList(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
    return NAMES.stream()
        .flatMap(
            name ->
                folders.stream()
                    .filter(folder -> !folder.isBlank())
                    .map(folder -> Path.of(folder, name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .map(Chromium::new);
  }

  /**
   * The document of an address after its scripts have run.
   *
   * @throws Failure if that takes too long, or the browser cannot start
   */
  String document(URI address) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("chromium");
    try {
      Path output = folder.resolve("document.html");
      Process process =
          new ProcessBuilder(
                  executable.toString(),
                  "--headless",
                  // Root cannot use the sandbox, and only pages of the lab are loaded.
                  "--no-sandbox",
                  "--disable-gpu",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--user-data-dir=" + folder.resolve("profile"),
                  "--virtual-time-budget=" + PAGE_LIMIT.toMillis(),
                  "--dump-dom",
                  address.toString())
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new Failure(
              "%s took longer than %d s to draw figures.".formatted(executable, LIMIT.toSeconds()));
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return Files.readString(output);
    } finally {
      FileTree.delete(folder);
    }
  }
}
