package org.bagnetlab.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What neither the bundler nor the types notice. */
class DashboardTests {

  private static final Path SOURCES = Path.of("src", "main", "resources", "dashboard");

  /** A name, which nobody asks for. */
  private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

  /** To a file; the documents have no ending. */
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^#\"]+\\.\\w+)\"");

  /** Its minified file exports nothing, which types do not tell. */
  @Test
  void chartsTakeTheirLibraryFromOnePlace() throws Exception {
    for (Path module : modules()) {
      assertThat(Files.readString(module)).as(module.toString()).doesNotContain("from 'chart.js'");
    }
  }

  /** The bundler looks after what scripts and styles import, but not after what documents link. */
  @Test
  void everyLinkedFileIsThere() throws Exception {
    List<String> missing = new ArrayList<>();
    for (String document : List.of("index.html", "login.html")) {
      Matcher links = LINK.matcher(built(document));
      while (links.find()) {
        String address = links.group(1);
        String resource =
            address.startsWith("/webjars/")
                ? "/META-INF/resources" + address
                : "/dashboard/" + address.replaceFirst("^/", "");
        if (DashboardTests.class.getResource(resource) == null) {
          missing.add(address);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** The content security policy allows none. */
  @Test
  void thereIsNoInlineScriptOrStyle() throws Exception {
    for (String document : List.of("index.html", "login.html")) {
      assertThat(built(document))
          .as(document)
          .doesNotContain("style=", "<style")
          .doesNotContainPattern("\\son\\w+=")
          .doesNotContainPattern("<script(?![^>]* src=)");
    }
  }

  /** Data are text, never markup; and the policy refuses style attributes. */
  @Test
  void noModuleMakesMarkupOfData() throws Exception {
    for (Path module : modules()) {
      assertThat(Files.readString(module).replace(SVG_NAMESPACE, ""))
          .as(module.toString())
          .doesNotContain("unsafeHTML", "unsafeSVG", "innerHTML", "outerHTML", "insertAdjacentHTML")
          .doesNotContain("document.write", "eval(", "new Function", " style=", "http:", "https:");
    }
  }

  /** Types say the same, but only of names that are no texts. */
  @Test
  void everyTermIsDeclaredAndUsed() throws Exception {
    Path file = SOURCES.resolve("js/terms/terms.js");
    Set<String> declared = matches("(?m)^  '?([a-z0-9-]+)'?: \\{$", Files.readString(file));
    Set<String> names = new TreeSet<>(matches("/i?, '([a-z0-9-]+)'\\],", Files.readString(file)));
    for (Path module : modules()) {
      names.addAll(matches("\\bterm\\('([a-z0-9-]+)'", Files.readString(module)));
    }
    // Names of data sets, recipes and parameters come from the server.
    Set<String> asNames = Set.of("controlled-15", "scene15", "quick", "recipe", "seed", "width");
    assertThat(declared).isNotEmpty().containsAll(names);
    names.addAll(asNames);
    assertThat(names).containsAll(declared);
  }

  private static Set<String> matches(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        if (matcher.group(i) != null) {
          found.add(matcher.group(i));
        }
      }
    }
    return found;
  }

  private static String built(String file) throws IOException {
    try (InputStream stream =
        requireNonNull(DashboardTests.class.getResourceAsStream("/dashboard/" + file))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES.resolve("js"))) {
      List<Path> modules = files.filter(file -> file.toString().endsWith(".js")).toList();
      assertThat(modules).isNotEmpty();
      return modules;
    }
  }
}
