package org.bagnetlab.server.endtoend;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard's modules and their tests as they are written, so that a test can import one by
 * itself: servers only have a bundle of them. A test is served as if it lay beside its module.
 */
final class SourceModules {

  private static final Path WEB = Path.of("..", "web", "src");
  private static final Path TESTS = WEB.resolve(Path.of("test", "javascript"));

  /** The folder of the dashboard's modules. */
  static final Path MODULES = WEB.resolve(Path.of("main", "resources", "dashboard", "js"));

  private static final String ADDRESS = "/modules/";

  /** What modules import from packages, and the file for the name of the package alone. */
  private static final Map<String, String> PACKAGES =
      Map.of("lit-html", "lit-html.js", "chart.js", "dist/chart.umd.min.js");

  private static final Pattern IMPORT =
      Pattern.compile("\\b(from|import) '(lit-html|chart\\.js)(?:/([^']+))?'");

  private final Map<String, Path> modules = all();
  private final Map<String, WebJar> packages;

  private SourceModules() throws IOException {
    packages =
        WebJar.all().stream()
            .filter(each -> PACKAGES.containsKey(each.name()))
            .collect(Collectors.toMap(WebJar::name, Function.identity()));
  }

  /** Has a page find them under {@code /modules/}, and packages under their names there. */
  static void route(Page page) {
    try {
      page.route("**" + ADDRESS + "**", new SourceModules()::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, by their paths in their folder. */
  static Map<String, Path> all() throws IOException {
    Map<String, Path> all = new TreeMap<>();
    for (Path folder : List.of(MODULES, TESTS)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith(".js"))
            .forEach(file -> all.put(folder.relativize(file).toString(), file));
      }
    }
    return all;
  }

  private void answer(Route route) {
    String path = URI.create(route.request().url()).getPath().substring(ADDRESS.length());
    Route.FulfillOptions answer = new Route.FulfillOptions();
    try {
      answer.setContentType("text/javascript; charset=utf-8").setBody(module(path));
    } catch (NoSuchFileException e) {
      answer.setStatus(404);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    route.fulfill(answer);
  }

  private String module(String path) throws IOException {
    int folder = path.indexOf('/');
    WebJar found = packages.get(path.substring(0, Math.max(folder, 0)));
    if (found != null) {
      return found.text(path.substring(folder + 1));
    }
    Path module = modules.get(path);
    if (module == null) {
      throw new NoSuchFileException(path);
    }
    return IMPORT.matcher(Files.readString(module)).replaceAll(SourceModules::addressed);
  }

  private static String addressed(MatchResult found) {
    String file =
        Optional.ofNullable(found.group(3)).orElse(PACKAGES.getOrDefault(found.group(2), ""));
    return Matcher.quoteReplacement(
        "%s '%s%s/%s'".formatted(found.group(1), ADDRESS, found.group(2), file));
  }
}
