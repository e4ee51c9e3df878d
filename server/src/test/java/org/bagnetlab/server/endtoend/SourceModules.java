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
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard's modules as they are written, so that a test can import one by itself: servers
 * only have a bundle of them.
 */
final class SourceModules {

  /** Where they are, below the root of the dashboard's addresses. */
  static final Path DASHBOARD = Path.of("..", "web", "src", "main", "resources", "dashboard");

  private static final String ADDRESS = "/modules/";

  /** What modules import from packages, and the file for the name of the package alone. */
  private static final Map<String, String> PACKAGES =
      Map.of("lit-html", "lit-html.js", "chart.js", "dist/chart.umd.min.js");

  private static final Pattern IMPORT =
      Pattern.compile("\\b(from|import) '(lit-html|chart\\.js)(?:/([^']+))?'");

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

  /** All of them. */
  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(DASHBOARD.resolve("js"))) {
      return files.filter(file -> file.toString().endsWith(".js")).toList();
    }
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
    return found == null
        ? IMPORT
            .matcher(Files.readString(DASHBOARD.resolve("js").resolve(path)))
            .replaceAll(SourceModules::addressed)
        : found.text(path.substring(folder + 1));
  }

  private static String addressed(MatchResult found) {
    String file =
        Optional.ofNullable(found.group(3)).orElse(PACKAGES.getOrDefault(found.group(2), ""));
    return Matcher.quoteReplacement(
        "%s '%s%s/%s'".formatted(found.group(1), ADDRESS, found.group(2), file));
  }
}
