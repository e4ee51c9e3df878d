package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.HookServer;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.notification.recipient.Webhook;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.RetentionRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people are told in a terminal of how a real server keeps house. */
@Timeout(120)
class HousekeepingCommandsTests {

  private final TerminalOfTests terminal = new TerminalOfTests();

  @TempDir Path data;

  @AfterEach
  void restore() {
    terminal.close();
  }

  private TestServer server(Webhook... webhooks) {
    return new TestServer(
        TestServer.settings(data)
            .with(
                new HousekeepingSettings(
                    "the lab",
                    Optional.empty(),
                    FileSystem::of,
                    DiskLimits.standard(),
                    new RetentionRules(
                        Duration.ofDays(30),
                        CheckpointsOf.BEST_OF_CONFIGURATION,
                        Duration.ZERO,
                        Duration.ofDays(30)),
                    MessageSettings.of(List.of(webhooks)),
                    Optional.empty())));
  }

  private static Webhook hook(HookServer server) {
    return Webhook.of(server.url("/KEY"), "between you and me", Set.of(NoticeKind.NEEDS_HELP));
  }

  private int run(TestServer server, String... command) {
    String[] arguments = Arrays.copyOf(command, command.length + 2);
    arguments[command.length] = "--server";
    arguments[command.length + 1] = server.at("").toString();
    return terminal.run(arguments);
  }

  @Test
  void aTestWithoutWebhooksFailsInBothForms() throws Exception {
    try (TestServer server = server()) {
      assertThat(run(server, "notify-test")).isEqualTo(1);
      assertThat(terminal.said()).contains("No recipients are configured in bagnetlab.yaml.");
      assertThat(run(server, "notify-test", "--json")).isEqualTo(1);
      assertThat(terminal.said()).isEqualTo("{\"recipients\":[]}\n");
    }
  }

  @Test
  void aTestSucceedsIfEachWebhookTookIt() throws Exception {
    try (HookServer good = new HookServer();
        HookServer bad = new HookServer(404, 404)) {
      try (TestServer server = server(hook(good))) {
        assertThat(run(server, "notify-test")).isZero();
        assertThat(terminal.said()).isEqualTo("webhook  " + good.url("") + "  accepted\n");
        assertThat(run(server, "notify-test", "--json")).isZero();
        assertThat(terminal.said()).contains("\"delivered\":true").doesNotContain("KEY");
      }
      try (TestServer server = server(hook(good), hook(bad))) {
        assertThat(run(server, "notify-test")).isEqualTo(1);
        assertThat(terminal.said())
            .contains(bad.url("") + "  not accepted: it responded with status 404");
        assertThat(run(server, "notify-test", "--json")).isEqualTo(1);
      }
    }
  }

  @Test
  void storageIsShown() throws Exception {
    try (TestServer server = server();
        EventStream events = server.events("")) {
      assertThat(run(server, "storage", "--retention-preview")).isZero();
      assertThat(terminal.said()).isEqualTo("Retention would remove nothing now.\n");
      long worse = server.train("bagnet9", 1);
      events.await(server.train("bagnet9", 2), "SUCCEEDED");
      assertThat(run(server, "storage")).isZero();
      assertThat(terminal.said())
          .startsWith("Disk        ")
          .contains(
              "free; no job starts below",
              "Lab         ",
              "  artifacts   ",
              "checkpoint",
              "Largest jobs");
      assertThat(run(server, "storage", "--retention-preview")).isZero();
      assertThat(terminal.said())
          .contains("best.bin: not the best of its configuration")
          .endsWith("Retention would remove 1 file, 7 B.\n");
      assertThat(run(server, "storage", "--clean")).isEqualTo(1);
      assertThat(terminal.said()).contains("Retention removes 1 file, 7 B.", "add --yes");
      assertThat(run(server, "storage", "--json")).isZero();
      assertThat(terminal.said()).startsWith("{\"total\":").contains("\"job\":" + worse);
      assertThat(run(server, "storage", "--clean", "--yes")).isZero();
      assertThat(terminal.said()).isEqualTo("Removed 1 file, 7 B.\n");
    }
  }
}
