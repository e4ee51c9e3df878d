package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views as the command line prints them. */
@Timeout(120)
class ResultsCommandTests {

  @TempDir Path data;

  @Test
  void viewsArePrintedInEveryForm() throws Exception {
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("");
        TerminalOfTests terminal = new TerminalOfTests()) {
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
      String address = server.at("/").toString();
      assertThat(terminal.run("results", "--server", address)).isZero();
      assertThat(terminal.said())
          .contains("BagNet-9", "51.0", "Seeds: 1.", "Linear-bag limit (%)", "72", "99.1")
          .doesNotContain("84.0", "Weight decay", "Label smoothing");
      assertThat(terminal.run("results", "--server", address, "--published")).isZero();
      assertThat(terminal.said()).contains("84.0");
      for (String format : new String[] {"table", "json", "csv", "latex"}) {
        assertThat(
                terminal.run(
                    "results", "--server", address, "--view", "scrambling", "--format", format))
            .isZero();
        assertThat(terminal.said()).contains("BagNet-9");
      }
      assertThat(
              terminal.run("results", "--server", address, "--view", "claims", "--setting", "999"))
          .isEqualTo(1);
      assertThat(terminal.said())
          .contains("Run 999 is not a training on controlled-15 that succeeded.");
      assertThat(terminal.run("results", "--server", address, "--view", "weather")).isEqualTo(1);
      assertThat(terminal.said())
          .contains("There is no view 'weather'. Known: comparison, receptive-field, scrambling");
      assertThat(terminal.run("results", "--server", address, "--view", "interactions"))
          .isEqualTo(1);
      assertThat(terminal.said())
          .contains("There is no view 'interactions'. Known: interactions-interaction-correlation,")
          .doesNotContain("comparison");
      assertThat(terminal.run("results", "--server", address, "--dataset", "none")).isEqualTo(1);
      assertThat(terminal.said())
          .contains(
              "There is no data set 'none'. Known: controlled-15, controlled-15-cue-conflict,"
                  + " fractals-60, fractals-CxN.");
    }
  }
}
