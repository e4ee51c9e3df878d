package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs, tags and notes on the command line. */
@Timeout(120)
class RunsCommandTests {

  @TempDir Path data;

  @Test
  void runsAreListedTaggedAndNoted() throws Exception {
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("");
        TerminalOfTests terminal = new TerminalOfTests()) {
      String address = server.at("/").toString();
      assertThat(terminal.run("runs", "--server", address)).isZero();
      assertThat(terminal.said()).isEqualTo("There are no such runs.\n");
      assertThat(terminal.run("runs", "--server", address, "--query", "trouble = diverged"))
          .isZero();
      assertThat(terminal.said())
          .startsWith("There are no such runs.\n")
          .contains("For those that failed: ./bagnetlab jobs --state FAILED");
      String run = Long.toString(server.train("bagnet9", 1));
      events.await(server.train("resnet50", 1), "SUCCEEDED");
      assertThat(terminal.run("runs", "--server", address, "--sort", "run")).isZero();
      assertThat(terminal.said()).contains("BagNet-9", "ResNet-50", "51.0", "Seed: 1.");
      assertThat(terminal.said()).doesNotContain("Validation");
      assertThat(terminal.run("runs", "--server", address, "--sort", "-validation")).isZero();
      assertThat(terminal.said()).contains("Validation");
      assertThat(terminal.run("runs", "--server", address, "--limit", "1")).isZero();
      assertThat(terminal.said()).contains("Showing 1 of 2. Use --limit to show more.");
      assertThat(terminal.run("runs", "--server", address, "--parameter", "seed=2")).isZero();
      assertThat(terminal.said()).isEqualTo("There are no such runs.\n");
      assertThat(
              terminal.run(
                  "runs",
                  "--server",
                  address,
                  "--parameter",
                  "seed=1",
                  "--parameter",
                  "epochs=two"))
          .isEqualTo(2);
      assertThat(terminal.said()).contains("epochs must be a number, but is two.");

      assertThat(terminal.run("tag", run, "paper", "best", "--server", address)).isZero();
      assertThat(terminal.said())
          .isEqualTo("Run %s: tagged best, paper, no note.\n".formatted(run));
      assertThat(terminal.run("note", run, "Keep", "this", "--server", address)).isZero();
      assertThat(terminal.said())
          .isEqualTo("Run %s: tagged best, paper. Note: Keep this\n".formatted(run));
      assertThat(terminal.run("runs", "--server", address, "--tag", "paper", "--json")).isZero();
      assertThat(terminal.said()).contains("\"total\":1", "\"note\":\"Keep this\"");
      assertThat(terminal.run("tag", run, "paper", "--remove", "--json", "--server", address))
          .isZero();
      assertThat(terminal.said())
          .isEqualTo("{\"job\":%s,\"tags\":[\"best\"],\"note\":\"Keep this\"}\n".formatted(run));
      assertThat(terminal.run("tag", run, "--server", address)).isZero();
      assertThat(terminal.said())
          .isEqualTo("Run %s: tagged best. Note: Keep this\n".formatted(run));
      assertThat(terminal.run("note", run, "--server", address)).isZero();
      assertThat(terminal.said())
          .isEqualTo("Run %s: tagged best. Note: Keep this\n".formatted(run));
      assertThat(terminal.run("note", run, "other", "--remove", "--server", address)).isEqualTo(2);
      assertThat(terminal.said()).contains("Give either a text or --remove.");
      assertThat(terminal.run("note", run, "--remove", "--server", address)).isZero();
      assertThat(terminal.said()).isEqualTo("Run %s: tagged best, no note.\n".formatted(run));
      assertThat(terminal.run("tag", run, "two words", "--server", address)).isEqualTo(2);
      assertThat(terminal.said()).contains("A tag has 1 to 32 letters");
      assertThat(terminal.run("runs", "--server", address, "--sort", "color")).isEqualTo(2);
      assertThat(terminal.said()).contains("There is no column 'color'.");
    }
  }

  @Test
  void epochsAreWrittenForTensorBoardWithoutANetwork() throws Exception {
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("");
        TerminalOfTests terminal = new TerminalOfTests()) {
      String address = server.at("/").toString();
      long run = server.train("bagnet9", 1);
      events.await(run, "SUCCEEDED");
      String logs = data.resolve("logs").toString();
      String[] command = {"export", Long.toString(run), "--tensorboard", logs, "--server", address};
      assertThat(terminal.run(command)).isZero();
      Path folder = data.resolve("logs").resolve("run-" + run);
      assertThat(folder).isDirectoryContaining("glob:**/events.out.tfevents.*.bagnetlab");
      assertThat(terminal.run(command)).isEqualTo(1);
      assertThat(terminal.said()).contains(folder + " exists already.");
      String missing = data.resolve("missing").resolve("net.onnx").toString();
      assertThat(terminal.run("export", Long.toString(run), "--onnx", missing, "--server", address))
          .isEqualTo(1);
      assertThat(terminal.said()).contains("There is no directory " + data.resolve("missing"));
      assertThat(terminal.run("export", Long.toString(run), "--server", address)).isEqualTo(2);
    }
  }
}
