package org.bagnetlab.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;

/**
 * Which modules a document and each of its pages import, directly or not. A browser that knows them
 * fetches them side by side; otherwise it learns of a module only when it has read the one that
 * imports it.
 *
 * @param entry addresses of the modules that the document needs in any case
 * @param pages those that each page needs in addition, by its name
 */
record ModuleGraph(Set<String> entry, Map<String, Set<String>> pages) {

  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|^\\s*//[^\\n]*", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern IMPORT =
      Pattern.compile(
          "(?:^|;)\\s*(?:import|export)\\b\\s*(?:[^;'\"()=]*?\\bfrom\\s*)?[\"']([^\"']+)[\"']",
          Pattern.MULTILINE);

  /** A page that is imported when it is opened: {@code name: () => import('./page.js')}. */
  private static final Pattern PAGE =
      Pattern.compile("(?:'([\\w-]+)'|\\b(\\w+)): \\(\\) => import\\('([^']+)'\\)");

  /** The graph below a module, by the class path. */
  static ModuleGraph of(String importMap, String module) throws IOException {
    return of(importMap, module, ModuleGraph::served);
  }

  /**
   * The graph below a module.
   *
   * @param importMap what bare names stand for
   * @param module its address
   * @param texts of modules by their address
   */
  static ModuleGraph of(String importMap, String module, Function<String, Optional<String>> texts)
      throws IOException {
    JsonNode names = Json.MAPPER.readTree(importMap.isBlank() ? "{}" : importMap).path("imports");
    Reader reader = new Reader(names, texts);
    Set<String> entry = reader.below(module);
    Map<String, Set<String>> pages = new TreeMap<>();
    for (String each : entry) {
      Matcher page = PAGE.matcher(reader.text(each));
      while (page.find()) {
        Set<String> further = reader.below(reader.resolve(each, page.group(3)));
        further.removeAll(entry);
        pages.put(Optional.ofNullable(page.group(1)).orElse(page.group(2)), further);
      }
    }
    return new ModuleGraph(entry, pages);
  }

  /** Elements for a document's head. */
  String markup() {
    String links =
        entry.stream()
            .map("  <link rel=\"modulepreload\" href=\"%s\">\n"::formatted)
            .collect(Collectors.joining());
    return pages.isEmpty()
        ? links
        : "%s  <script type=\"application/json\" id=\"modules\">%s</script>\n"
            .formatted(links, Json.line(pages));
  }

  private static Optional<String> served(String address) {
    try {
      return ClassPathFile.read(
              (address.startsWith("/webjars/") ? "META-INF/resources" : "dashboard") + address)
          .map(ClassPathFile::text);
    } catch (IOException e) {
      // The browser will say what is wrong with it.
      return Optional.empty();
    }
  }

  /** Reads each module once. */
  private static final class Reader {

    private final JsonNode names;
    private final Function<String, Optional<String>> texts;
    private final Map<String, String> read = new LinkedHashMap<>();

    Reader(JsonNode names, Function<String, Optional<String>> texts) {
      this.names = names;
      this.texts = texts;
    }

    String text(String address) {
      return read.computeIfAbsent(
          address, each -> COMMENT.matcher(texts.apply(each).orElse("")).replaceAll(""));
    }

    Set<String> below(String module) {
      Set<String> found = new LinkedHashSet<>();
      Deque<String> next = new ArrayDeque<>();
      next.add(module);
      while (!next.isEmpty()) {
        String each = next.remove();
        if (found.add(each)) {
          next.addAll(imports(each));
        }
      }
      return found;
    }

    private Collection<String> imports(String module) {
      Set<String> imports = new LinkedHashSet<>();
      Matcher each = IMPORT.matcher(text(module));
      while (each.find()) {
        imports.add(resolve(module, each.group(1)));
      }
      return imports;
    }

    String resolve(String module, String name) {
      if (name.startsWith(".") || name.startsWith("/")) {
        return URI.create(module).resolve(name).toString();
      }
      String exact = names.path(name).asText("");
      if (!exact.isEmpty()) {
        return exact;
      }
      int folder = name.indexOf('/') + 1;
      return names.path(name.substring(0, folder)).asText(name) + name.substring(folder);
    }
  }
}
