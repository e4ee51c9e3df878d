package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The messages that the page on troubleshooting quotes are those of the program. */
@Timeout(60)
class TroubleshootingTests {

  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everyQuotedMessageIsInTheSource() throws IOException {
    String source = source();
    List<String> unknown = new ArrayList<>();
    List<MatchResult> messages =
        Pattern.compile("(?m)^### `(.+)`$")
            .matcher(Files.readString(TREE.resolve("docs/troubleshooting.md")))
            .results()
            .toList();
    assertThat(messages).hasSizeGreaterThan(20);
    for (MatchResult message : messages) {
      for (String part : message.group(1).split("\\s*\\.\\.\\.\\s*")) {
        if (!source.contains(part)) {
          unknown.add(message.group(1) + ": " + part);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** The launcher and all classes, with strings of several lines in one. */
  private static String source() throws IOException {
    StringBuilder all = new StringBuilder(Files.readString(TREE.resolve("bagnetlab")));
    for (String module : List.of("server", "storage", "jobs")) {
      try (Stream<Path> files = Files.walk(TREE.resolve(module))) {
        for (Path file :
            files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> file.toString().contains("/src/main/"))
                .toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }
}
