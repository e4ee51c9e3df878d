package org.bagnetlab.server.cli.results;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.cli.lab.Visit;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.storage.directory.FileTree;

/**
 * Runs a page's scripts in a headless browser.
 *
 * @param executable the executable of Chromium
 */
record Chromium(Path executable) {

  private static final String VARIABLE = "BAGNETLAB_CHROMIUM";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Finds the browser of this machine: named by an environment variable, otherwise the first on the
   * path.
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
   * Waits until a page's scripts have created an element, and returns its text.
   *
   * @param selector CSS selector of the element
   * @throws Failure if that takes too long, or the browser cannot start
   */
  String text(Visit visit, String selector) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("chromium");
    try (DevTools tools = new DevTools(command(visit, profile), LIMIT)) {
      tools.open(visit.address(), visit.headers());
      return tools.text(selector);
    } finally {
      FileTree.delete(profile);
    }
  }

  private List<String> command(Visit visit, Path profile) {
    List<String> command =
        new ArrayList<>(
            List.of(
                executable.toString(),
                "--headless",
                // Chromium's sandbox does not work for root, and only pages of the lab are loaded.
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile));
    visit.serverKey().ifPresent(key -> command.add("--ignore-certificate-errors-spki-list=" + key));
    return command;
  }
}
