package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends a token that others can read hears of it; nothing listens at these addresses. */
@Timeout(30)
class PlainTokenTests {

  private static final String WARNING = "Warning: without HTTPS";

  private final TerminalOfTests terminal = new TerminalOfTests();

  @AfterEach
  void restore() {
    terminal.close();
  }

  private String said(String... arguments) {
    assertThat(terminal.run(arguments)).isEqualTo(1);
    return terminal.said();
  }

  /** All addresses of a machine reach the machine itself. */
  @Test
  void isWarnedOnce() {
    assertThat(said("jobs", "--server", "http://0.0.0.0:1", "--token", "SECRET").lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .contains(WARNING, "0.0.0.0:1", "docs/network.md")
        .doesNotContain("SECRET");
    assertThat(
            said("dataset", "remove", "x", "--yes", "--server", "http://0.0.0.0:1", "--token", "x"))
        .containsOnlyOnce(WARNING);
    assertThat(said("jobs", "--server", "http://0.0.0.0:1")).doesNotContain(WARNING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://0.0.0.0:1"})
  void isNotWarnedWhereNobodyElseReads(String server) {
    assertThat(said("jobs", "--server", server, "--token", "x")).doesNotContain("Warning");
  }
}
