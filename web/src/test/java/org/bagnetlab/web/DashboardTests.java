package org.bagnetlab.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** There is no bundler to notice a missing module or a wrong version, so these tests do. */
class DashboardTests {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\": \"(/webjars/[^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile(
          "^(?:import|export)\\b[^;]*?\\bfrom '([^']+)'|\\(\\) => import\\('([^']+)'\\)",
          Pattern.MULTILINE);

  /** A name, which nobody asks for. */
  private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

  /** To a file of the dashboard; the documents are elsewhere. */
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^#/\"][^\"]*)\"");

  @Test
  void everyImportIsThere() throws Exception {
    Map<String, String> webjars = importMap();
    List<String> missing = new ArrayList<>();
    for (Path module : modules()) {
      Matcher imports = IMPORT.matcher(Files.readString(module));
      while (imports.find()) {
        String name = Optional.ofNullable(imports.group(1)).orElse(imports.group(2));
        boolean there =
            name.startsWith(".")
                ? Files.isRegularFile(module.resolveSibling(name).normalize())
                : isWebJarFile(webjars, name);
        if (!there) {
          missing.add(module.getFileName() + " imports " + name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Its minified file exports nothing, which types do not tell. */
  @Test
  void chartsTakeTheirLibraryFromOnePlace() throws Exception {
    assertThat(isWebJarFile(importMap(), "chart.js")).isTrue();
    for (Path module : modules()) {
      assertThat(Files.readString(module)).as(module.toString()).doesNotContain("from 'chart.js'");
    }
  }

  @Test
  void everyLinkedFileIsThere() throws Exception {
    Matcher links = LINK.matcher(index());
    List<String> missing = new ArrayList<>();
    while (links.find()) {
      if (!Files.isRegularFile(dashboard().resolve(links.group(1)))) {
        missing.add(links.group(1));
      }
    }
    assertThat(missing).isEmpty();
  }

  /** The content security policy allows this one script by its hash, and no other. */
  @Test
  void theImportMapIsTheOnlyInlineScript() throws Exception {
    assertThat(index())
        .doesNotContain("${")
        .doesNotContain("style=")
        .doesNotContainPattern("\\son\\w+=");
    Matcher scripts = Pattern.compile("<script(?![^>]* src=)[^>]*>").matcher(index());
    assertThat(scripts.results().map(script -> script.group()))
        .containsExactly("<script type=\"importmap\">");
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
    Path file = dashboard().resolve("js/terms/terms.js");
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

  private static boolean isWebJarFile(Map<String, String> webjars, String name) {
    String exact = webjars.get(name);
    if (exact != null) {
      return isResource(exact);
    }
    return webjars.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("/") && name.startsWith(entry.getKey()))
        .anyMatch(entry -> isResource(entry.getValue() + name.substring(entry.getKey().length())));
  }

  private static boolean isResource(String url) {
    return DashboardTests.class.getResource("/META-INF/resources" + url) != null;
  }

  private static Map<String, String> importMap() throws Exception {
    Matcher script = IMPORT_MAP.matcher(index());
    assertThat(script.find()).isTrue();
    Map<String, String> entries = new LinkedHashMap<>();
    Matcher entry = ENTRY.matcher(script.group(1));
    while (entry.find()) {
      entries.put(entry.group(1), entry.group(2));
    }
    return entries;
  }

  private static String index() throws Exception {
    return Files.readString(dashboard().resolve("index.html"));
  }

  private static List<Path> modules() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.walk(dashboard().resolve("js"))) {
      List<Path> modules = files.filter(file -> file.toString().endsWith(".js")).toList();
      assertThat(modules).isNotEmpty();
      return modules;
    }
  }

  private static Path dashboard() throws URISyntaxException {
    Path index =
        Path.of(requireNonNull(DashboardTests.class.getResource("/dashboard/index.html")).toURI());
    return requireNonNull(index.getParent());
  }
}
