package org.bagnetlab.server.endtoend;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bagnetlab.protocol.Json;

/**
 * A package of JavaScript on the class path.
 *
 * @param name by which modules import it
 * @param root of its files on the class path, with a slash at its end
 * @param files of it, from there
 */
record WebJar(String name, String root, List<String> files) {

  private static final String ALL = "META-INF/resources/webjars/";
  private static final String DESCRIPTION = "package.json";

  static List<WebJar> all() throws IOException {
    List<WebJar> all = new ArrayList<>();
    for (URL url : Collections.list(WebJar.class.getClassLoader().getResources(ALL))) {
      try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
        all.add(of(jar));
      }
    }
    return all;
  }

  private static WebJar of(JarFile jar) throws IOException {
    List<String> entries =
        jar.stream().map(JarEntry::getName).filter(entry -> entry.startsWith(ALL)).toList();
    String description =
        entries.stream()
            .filter(entry -> entry.matches(ALL + "[^/]+/[^/]+/" + DESCRIPTION))
            .findFirst()
            .orElseThrow();
    String root = description.substring(0, description.length() - DESCRIPTION.length());
    List<String> files =
        entries.stream()
            .filter(entry -> entry.startsWith(root) && !entry.endsWith("/"))
            .map(entry -> entry.substring(root.length()))
            .toList();
    String name = Json.MAPPER.readTree(resource(description)).path("name").asText();
    return new WebJar(name, root, files);
  }

  /** A file's text. */
  String text(String file) throws IOException {
    return resource(root + file);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream =
        requireNonNull(WebJar.class.getClassLoader().getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
