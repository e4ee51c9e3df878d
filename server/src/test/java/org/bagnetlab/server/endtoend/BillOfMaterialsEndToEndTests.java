package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each class path of the application is described in full by the bill of materials in it. */
@Timeout(20)
class BillOfMaterialsEndToEndTests {

  private static final Pattern PACKAGE =
      Pattern.compile("pkg:maven/[^/]+/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=jar");

  @Test
  void everyJarIsInTheBillBesideIt() throws IOException {
    Path application = Path.of(System.getProperty("application.directory"));
    assumeThat(application.resolve("server/bom.json")).as("left out offline").exists();
    try (Stream<Path> folders = Files.list(application)) {
      List<Path> classPaths =
          folders
              .filter(each -> String.valueOf(each.getFileName()).matches("server|worker-.*"))
              .toList();
      assertThat(classPaths).hasSizeGreaterThan(1);
      for (Path classPath : classPaths) {
        assertThat(described(classPath)).as("%s", classPath).containsAll(jars(classPath));
      }
    }
  }

  private static Set<String> jars(Path classPath) throws IOException {
    try (Stream<Path> files = Files.list(classPath)) {
      Set<String> jars = new TreeSet<>();
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".jar"))
          .forEach(jars::add);
      return jars;
    }
  }

  private static Set<String> described(Path classPath) throws IOException {
    JsonNode bill = Json.MAPPER.readTree(Files.readString(classPath.resolve("bom.json")));
    Set<String> jars = new TreeSet<>();
    Stream.concat(
            Stream.of(bill.at("/metadata/component")),
            StreamSupport.stream(bill.path("components").spliterator(), false))
        .map(component -> PACKAGE.matcher(component.path("purl").asText()))
        .filter(Matcher::matches)
        .forEach(
            jar ->
                jars.add(
                    "%s-%s%s.jar"
                        .formatted(
                            jar.group(1),
                            jar.group(2),
                            jar.group(3) == null ? "" : "-" + jar.group(3))));
    return jars;
  }
}
