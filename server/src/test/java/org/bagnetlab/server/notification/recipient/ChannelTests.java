package org.bagnetlab.server.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.recipient.RecordingServer.Request;
import org.bagnetlab.server.table.WrittenTable;
import org.bagnetlab.server.table.WrittenTable.Heading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Slack, Mattermost and ntfy receive. */
@Timeout(30)
class ChannelTests {

  private static final Set<NoticeKind> ALL = Set.of(NoticeKind.SWEEP_ENDED);

  private final Vertx vertx = Vertx.vertx();
  private final Transport transport = Transport.of(vertx, Duration.ofSeconds(20));

  @AfterEach
  void close() {
    transport.close();
    TestServer.result(vertx.close());
  }

  private Optional<String> send(Recipient recipient, Message message) throws Exception {
    return recipient.send(SampleMessage.waiting(recipient, message), transport);
  }

  private static Message large(int rows) {
    Message sample = SampleMessage.withPicture();
    return new Message(
        sample.kind(),
        sample.subject(),
        sample.sentences(),
        List.of(
            new WrittenTable(
                List.of("Many."),
                List.of(new Heading("Network", false), new Heading("Test", true)),
                Collections.nCopies(rows, List.of("a network <with> a name", "0.5")))),
        sample.picture(),
        sample.link());
  }

  @Test
  void slackGetsBlocksWithTheTableAsCode() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      assertThat(send(new Slack(server.address("/services/KEY"), ALL), SampleMessage.withPicture()))
          .isEmpty();
      Request request = server.next();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/services/KEY");
      assertThat(request.header("Content-Type")).isEqualTo("application/json");
      JsonNode body = request.json();
      assertThat(body.path("text").asText()).isEqualTo("[lab] Sweep breiten-ü has ended");
      JsonNode blocks = body.path("blocks");
      assertThat(blocks.findValuesAsText("type").stream().filter(type -> !type.endsWith("text")))
          .containsExactly("header", "section", "mrkdwn", "section", "mrkdwn", "section", "mrkdwn");
      assertThat(text(blocks.get(0))).isEqualTo("[lab] Sweep breiten-ü has ended");
      // Slack takes what is in angle brackets for a mention.
      assertThat(text(blocks.get(1)))
          .contains("6 succeeded, 1 failed.\n", "&lt;@all&gt; &amp; *it* diverged.");
      assertThat(text(blocks.get(2)))
          .startsWith("```The trainings.\nNetwork     Test\n")
          .endsWith("BagNet-33   0.801```");
      assertThat(text(blocks.get(3)))
          .isEqualTo("<http://127.0.0.1:8080/#/sweeps/breiten|Open in the dashboard>");
    }
  }

  private static String text(JsonNode block) {
    return block.path("text").path("text").asText();
  }

  @Test
  void aTableThatIsTooLongForABlockIsCutAtALine() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      assertThat(send(new Slack(server.address("/KEY"), ALL), large(500))).isEmpty();
      String code = text(server.next().json().path("blocks").get(2));
      assertThat(code).hasSizeLessThanOrEqualTo(3000).endsWith("  0.5\n…```");
    }
  }

  @Test
  void mattermostGetsMarkdownWithTheTable() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      Mattermost recipient = new Mattermost(server.address("/hooks/KEY"), ALL);
      assertThat(send(recipient, SampleMessage.withPicture())).isEmpty();
      JsonNode body = server.next().json();
      assertThat(body.fieldNames()).toIterable().containsExactly("text");
      assertThat(body.path("text").asText())
          .contains(
              "**\\[lab\\] Sweep breiten\\-ü has ended**\n",
              "\\<@\u200ball\\> & \\*it\\* diverged",
              "| Network | Test |\n| :-- | --: |\n| BagNet\\-9\\|x | 0\\.712 |\n",
              "[Open in the dashboard](<http://127.0.0.1:8080/#/sweeps/breiten>)");
    }
  }

  @Test
  void aPostThatIsTooLongForMattermostHasNoTable() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      assertThat(send(new Mattermost(server.address("/KEY"), ALL), large(1000))).isEmpty();
      assertThat(server.next().json().path("text").asText())
          .contains("6 succeeded", "Open in the dashboard")
          .doesNotContain("0\\.5");
    }
  }

  @Test
  void ntfyGetsThePictureWithTheTextInHeaders() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      Ntfy recipient = new Ntfy(server.address("/lab-topic"), Optional.of("tk_SECRET"), ALL);
      assertThat(send(recipient, SampleMessage.withPicture())).isEmpty();
      Request request = server.next();
      assertThat(request.method()).isEqualTo("PUT");
      assertThat(request.path()).isEqualTo("/lab-topic");
      assertThat(request.header("Authorization")).isEqualTo("Bearer tk_SECRET");
      assertThat(decoded(request.header("Title"))).isEqualTo("[lab] Sweep breiten-ü has ended");
      assertThat(request.header("Message"))
          .isEqualTo("6 succeeded, 1 failed.\\n1 job failed: <@all> & *it* diverged.");
      assertThat(request.header("Priority")).isEqualTo("default");
      assertThat(request.header("Tags")).isEqualTo("checkered_flag");
      assertThat(request.header("Click")).isEqualTo("http://127.0.0.1:8080/#/sweeps/breiten");
      assertThat(request.header("Filename")).isEqualTo("chart.png");
      assertThat(SampleMessage.width(request.body())).isEqualTo(SampleMessage.WIDTH);
      assertThat(server.isEmpty()).isTrue();
      assertThat(recipient.toString()).doesNotContain("SECRET", "topic");
    }
  }

  /** Words encoded by RFC 2047. */
  private static String decoded(String header) {
    assertThat(header).startsWith("=?UTF-8?B?").endsWith("?=");
    return new String(
        Base64.getDecoder().decode(header.substring(10, header.length() - 2)),
        StandardCharsets.UTF_8);
  }

  @Test
  void ntfyGetsTheTextAloneIfItTakesNoFiles() throws Exception {
    try (RecordingServer server = new RecordingServer(400)) {
      Ntfy recipient = new Ntfy(server.address("/lab-topic"), Optional.empty(), ALL);
      assertThat(send(recipient, SampleMessage.withPicture())).isEmpty();
      assertThat(server.next().method()).isEqualTo("PUT");
      Request request = server.next();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.text()).startsWith("6 succeeded, 1 failed.\n1 job failed");
      assertThat(request.headers()).doesNotContainKeys("Filename", "Message", "Authorization");
    }
  }

  @Test
  void whatNeedsHelpIsUrgent() throws Exception {
    try (RecordingServer server = new RecordingServer(401)) {
      Ntfy recipient = new Ntfy(server.address("/lab-topic"), Optional.empty(), ALL);
      assertThat(send(recipient, SampleMessage.of(NoticeKind.NEEDS_HELP, Optional.empty())))
          .contains("it responded with status 401");
      Request request = server.next();
      assertThat(request.header("Priority")).isEqualTo("high");
      assertThat(request.header("Tags")).isEqualTo("warning");
    }
  }

  @Test
  void aLongTextForNtfyIsCutAtALine() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      Message sample = SampleMessage.of(NoticeKind.DAILY, Optional.empty());
      Message longer =
          new Message(
              sample.kind(),
              sample.subject(),
              Collections.nCopies(400, "A line that is one of many."),
              sample.tables(),
              sample.picture(),
              sample.link());
      assertThat(send(new Ntfy(server.address("/topic"), Optional.empty(), ALL), longer)).isEmpty();
      assertThat(server.next().text())
          .hasSizeLessThanOrEqualTo(4000)
          .hasSizeGreaterThan(3900)
          .endsWith("A line that is one of many.");
    }
  }

  @Test
  void aFailureDoesNotShowTheAddress() throws Exception {
    HttpAddress nowhere = HttpAddress.of("http://lab.invalid/KEY");
    List<Recipient> recipients =
        List.of(
            new Slack(nowhere, ALL),
            new Mattermost(nowhere, ALL),
            new Ntfy(nowhere, Optional.of("SECRET"), ALL));
    for (Recipient recipient : recipients) {
      assertThat(send(recipient, SampleMessage.withPicture())).contains("its host is unknown");
      assertThat(recipient.host()).isEqualTo("http://lab.invalid");
      assertThat(recipient.toString()).doesNotContain("KEY", "SECRET");
    }
    // Equal addresses of different services are different recipients.
    assertThat(recipients.stream().map(Recipient::id).collect(Collectors.toSet())).hasSize(3);
  }

  @Test
  void anAddressWithoutATopicIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ntfy(HttpAddress.of("https://ntfy.sh/"), Optional.empty(), ALL))
        .withMessageContaining("topic");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Ntfy(HttpAddress.of("https://ntfy.sh/a"), Optional.of("SEC RET"), ALL))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("SEC"));
  }
}
