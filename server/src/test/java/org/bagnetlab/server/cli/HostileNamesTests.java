package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands show names from elsewhere, and errors of several lines, in a way that does no harm. */
@Timeout(60)
class HostileNamesTests {

  private final TerminalOfTests terminal = new TerminalOfTests();

  @TempDir Path directory;

  @AfterEach
  void restore() {
    terminal.close();
  }

  @Test
  void namesOfImagesAndClassesAreEscaped() throws Exception {
    for (String name : new String[] {"Coast/a\u001b[2J.jpg", "For\u202eest/b.jpg"}) {
      Path image = directory.resolve("images").resolve(name);
      Files.createDirectories(image.getParent());
      Files.write(image, new byte[1]);
    }
    String source = directory.resolve("images").toString();
    assertThat(terminal.run("dataset", "check", source)).isEqualTo(1);
    assertThat(terminal.said())
        .doesNotContain("\u001b", "\u202e")
        .contains("Coast/a\\u001b[2J.jpg", "For\\u202eest");
    assertThat(terminal.run("dataset", "check", source, "--json")).isEqualTo(1);
    assertThat(terminal.said()).doesNotContain("\u001b", "\u202e").contains("For\\u202eest");
    String data = directory.resolve("data").toString();
    assertThat(terminal.run("dataset", "import", "scenes", source, "--data", data)).isEqualTo(1);
    assertThat(terminal.said())
        .doesNotContain("\u001b", "\u202e")
        .contains("nothing was imported:\n  Coast/a\\u001b[2J.jpg: ");
  }

  @Test
  void wrongArgumentsAreEscaped() {
    assertThat(terminal.run("dataset", "a\u001b[2J")).isEqualTo(2);
    assertThat(terminal.said()).doesNotContain("\u001b").contains("a\\u001b[2J");
  }
}
