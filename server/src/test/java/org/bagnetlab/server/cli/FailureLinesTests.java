package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What went wrong is shown whole, and without what a terminal would obey. */
@Timeout(30)
class FailureLinesTests {

  @TempDir Path folder;

  private void broken(String file) throws IOException {
    Path path = folder.resolve("images").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "no image");
  }

  @Test
  void aMessageOfSeveralLinesIsShownInLines() throws Exception {
    broken("Coast/a.jpg");
    broken("Coast/b\u001b[31m.jpg");
    broken("Forest/c.jpg");
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      int code =
          terminal.run(
              "dataset",
              "import",
              "broken",
              folder.resolve("images").toString(),
              "--data",
              folder.resolve("data").toString());
      assertThat(code).isEqualTo(1);
      assertThat(terminal.said().lines().toList())
          .anyMatch(line -> line.endsWith("3 of 3 images are unusable; nothing was imported:"))
          .anyMatch(line -> line.startsWith("  Coast/a.jpg: "))
          .anyMatch(line -> line.startsWith("  Coast/b\\u001b[31m.jpg: "))
          .anyMatch(line -> line.startsWith("  Forest/c.jpg: "));
    }
  }

  @Test
  void aMistypedWordIsSaidToBeOne() {
    assertThat(said("audti")).contains("There is no command 'audti'. Did you mean audit?");
    assertThat(said("sumbit")).contains("There is no command 'sumbit'. Did you mean submit?");
    assertThat(said("jobs", "--stat", "FAILED"))
        .contains("jobs has no option '--stat'. Did you mean --state?");
    assertThat(said("devices", "gpu")).contains("devices takes no argument 'gpu'.");
  }

  private static String said(String... arguments) {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(terminal.run(arguments)).isEqualTo(2);
      return terminal.said();
    }
  }
}
