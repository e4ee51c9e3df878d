package org.bagnetlab.server.endtoend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;

/**
 * TypeScript's compiler in the browser, which is the JavaScript machine that is there anyway. Types
 * of libraries are those that their WebJars bring.
 */
final class TypeCheck {

  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final String TYPESCRIPT = "typescript";
  private static final Path DASHBOARD =
      Path.of("..", "web", "src", "main", "resources", "dashboard");

  private final Map<String, String> files = new LinkedHashMap<>();
  private String compiler = "";

  /** The dashboard's modules and what they may import. */
  TypeCheck() throws IOException {
    try (Stream<Path> modules = Files.walk(DASHBOARD.resolve("js"))) {
      for (Path module : modules.filter(file -> file.toString().endsWith(".js")).toList()) {
        files.put("/" + DASHBOARD.relativize(module), Files.readString(module));
      }
    }
    for (URL webjar : Collections.list(TypeCheck.class.getClassLoader().getResources(WEBJARS))) {
      try (JarFile jar = ((JarURLConnection) webjar.openConnection()).getJarFile()) {
        addPackage(jar);
      }
    }
  }

  /** Adds a module, or changes one. */
  TypeCheck with(String path, String module) {
    files.put(path, module);
    return this;
  }

  /** What is wrong with any of the modules, each as FILE:LINE: MESSAGE. */
  List<String> errors(Page page) throws IOException {
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(compiler));
    Object errors = page.evaluate(script(), Json.line(files));
    return ((List<?>) errors).stream().map(String::valueOf).toList();
  }

  private static String script() throws IOException {
    try (InputStream script =
        requireNonNull(TypeCheck.class.getResourceAsStream("type-check.js"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void addPackage(JarFile jar) throws IOException {
    List<JarEntry> entries =
        jar.stream().filter(entry -> entry.getName().startsWith(WEBJARS)).toList();
    JarEntry manifest =
        entries.stream()
            .filter(entry -> entry.getName().matches(WEBJARS + "[^/]+/[^/]+/package.json"))
            .findFirst()
            .orElseThrow();
    JsonNode description = Json.MAPPER.readTree(text(jar, manifest));
    String name = description.path("name").asText();
    int root = manifest.getName().length() - "package.json".length();
    for (JarEntry entry : entries) {
      String file = entry.getName().substring(Math.min(root, entry.getName().length()));
      if (name.equals(TYPESCRIPT)) {
        addCompiler(jar, entry, file);
      } else if (file.endsWith(".d.ts") || file.endsWith("package.json")) {
        files.put("/node_modules/" + name + "/" + file, text(jar, entry));
      }
    }
  }

  private void addCompiler(JarFile jar, JarEntry entry, String file) throws IOException {
    if (file.equals("lib/typescript.js")) {
      compiler = text(jar, entry);
    } else if (file.matches("lib/lib\\..*\\.d\\.ts")) {
      files.put("/" + file, text(jar, entry));
    }
  }

  private static String text(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream stream = jar.getInputStream(entry)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
