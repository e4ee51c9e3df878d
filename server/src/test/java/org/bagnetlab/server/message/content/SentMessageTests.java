package org.bagnetlab.server.message.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.HookServer;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.notification.recipient.Mail;
import org.bagnetlab.server.notification.recipient.MailSecurity;
import org.bagnetlab.server.notification.recipient.MailServer;
import org.bagnetlab.server.notification.recipient.Recipient;
import org.bagnetlab.server.notification.recipient.Webhook;
import org.bagnetlab.server.retention.RetentionRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a whole server sends when a sweep has ended. */
@Timeout(120)
class SentMessageTests {

  private static final String SWEEP =
      """
      {"name":"%s","base":{"dataset":"controlled-15","weightDecay":0.001},
       "grid":{"architecture":["bagnet9","bagnet33"],"seed":%s}}
      """;

  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @TempDir private Path data = Path.of("");

  @BeforeEach
  void start() {
    mail.start();
  }

  @AfterEach
  void stop() {
    mail.stop();
  }

  private TestServer server(Recipient... others) {
    return started(mail.getSmtp().getPort(), others);
  }

  private TestServer started(int port, Recipient... others) {
    Mail recipient =
        new Mail(
            new MailServer(
                "127.0.0.1", port, MailSecurity.NONE, Optional.empty(), Optional.empty()),
            "lab@example.org",
            List.of("ann@example.org"),
            Set.of(NoticeKind.SWEEP_ENDED));
    List<Recipient> recipients = new ArrayList<>(List.of(others));
    recipients.add(recipient);
    return new TestServer(
        TestServer.settings(data)
            .with(
                new HousekeepingSettings(
                    "the lab",
                    Optional.empty(),
                    FileSystem::of,
                    DiskLimits.standard(),
                    RetentionRules.standard(),
                    MessageSettings.of(recipients),
                    Optional.empty())));
  }

  private static void sweep(TestServer server, EventStream events, String name, String seeds)
      throws Exception {
    assertThat(server.post("/sweeps", SWEEP.formatted(name, seeds)).statusCode()).isEqualTo(201);
    events.await(
        event ->
            event.type().equals("sweep")
                && event.data().path("id").asText().equals(name)
                && event.data().has("endedAt"));
  }

  private List<Part> received(int number) throws Exception {
    assertThat(mail.waitForIncomingEmail(60_000, number)).isTrue();
    return parts(mail.getReceivedMessages()[number - 1]);
  }

  private static List<Part> parts(Part part) throws Exception {
    if (!(part.getContent() instanceof Multipart several)) {
      return List.of(part);
    }
    List<Part> found = new ArrayList<>();
    for (int i = 0; i < several.getCount(); i++) {
      BodyPart each = several.getBodyPart(i);
      found.addAll(parts(each));
    }
    return found;
  }

  @Test
  void aMessageHasTheBestRunsTheTableAndTheChart() throws Exception {
    try (TestServer server = server();
        EventStream events = server.events("")) {
      sweep(server, events, "first", "[1,2]");
      List<Part> first = received(1);
      assertThat(lines(first.get(0)))
          .startsWith("Sweep first has ended: 4 succeeded.\n")
          .containsPattern(
              "BagNet-9 on controlled-15: the best run by validation accuracy is \\d, with test accuracy \\d{2}\\.\\d %;"
                  + " there was none before\\.")
          .contains("\nRuns of the sweep first.", "Network", "Validation", "Seed", "Scrambled")
          .contains("http://127.0.0.1:" + server.at("/").getPort() + "/#/sweeps/first");
      try (InputStream picture = first.get(2).getInputStream()) {
        assertThat(ImageIO.read(picture).getWidth()).isEqualTo(AccuracyChart.WIDTH);
      }
      sweep(server, events, "second", "[3]");
      assertThat(received(2).get(0).getContent().toString())
          .containsPattern("BagNet-33 on .*; the best before was [1-4], with \\d{2}\\.\\d %\\.");
      assertThat(mail.getReceivedMessages()).hasSize(2);
    }
  }

  @Test
  void aWebhookReceivesTheNumbers() throws Exception {
    try (HookServer hook = new HookServer();
        TestServer server =
            server(
                Webhook.of(hook.url("/"), "between you and me", Set.of(NoticeKind.SWEEP_ENDED)));
        EventStream events = server.events("")) {
      sweep(server, events, "first", "[1]");
      JsonNode notice = Json.MAPPER.readTree(hook.next().body());
      assertThat(notice.path("text").asText()).isEqualTo("Sweep first has ended: 2 succeeded.");
      JsonNode digest = notice.path("digest");
      assertThat(Instant.parse(digest.path("since").asText())).isBefore(Instant.now());
      assertThat(digest.path("finished").asInt()).isEqualTo(2);
      assertThat(digest.path("failed")).isEmpty();
      JsonNode best = digest.path("best").get(0);
      assertThat(best.path("architecture").asText()).isEqualTo("bagnet33");
      assertThat(best.path("dataset").asText()).isEqualTo("controlled-15");
      assertThat(best.path("run").asLong()).isEqualTo(2);
      assertThat(best.path("test").asDouble()).isBetween(0., 1.);
      assertThat(best.has("before")).isFalse();
    }
  }

  @Test
  void aMessageWaitsForAMailServerThatIsDownInSpiteOfARestart() throws Exception {
    int port = mail.getSmtp().getPort();
    try (TestServer server = server();
        EventStream events = server.events("")) {
      mail.stop();
      sweep(server, events, "first", "[1]");
      assertThat(
              server.json("/messages/recipients").path("recipients").get(0).path("pending").asInt())
          .isLessThanOrEqualTo(1);
    }
    GreenMail later = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    try {
      later.start();
      try (TestServer server = started(port)) {
        assertThat(later.waitForIncomingEmail(60_000, 1)).isTrue();
        List<Part> parts = parts(later.getReceivedMessages()[0]);
        assertThat(lines(parts.get(0))).startsWith("Sweep first has ended: 2 succeeded.");
        assertThat(parts).hasSize(3); // with its picture
        assertThat(server.post("/messages/test", "").body()).contains("\"delivered\":true");
        // The test came after it, so it was sent once.
        assertThat(later.getReceivedMessages())
            .extracting(message -> message.getSubject())
            .hasSize(2);
      }
    } finally {
      later.stop();
    }
  }

  @Test
  void aMessageIsShownAsItWouldBeSent() throws Exception {
    try (TestServer server = server();
        EventStream events = server.events("")) {
      JsonNode nothing = server.json("/messages/preview");
      assertThat(nothing.path("subject").asText()).startsWith("[the lab] Nothing ran since ");
      sweep(server, events, "first", "[1]");
      List<Part> sent = received(1);
      JsonNode shown = server.json("/messages/preview?sweep=first");
      assertThat(shown.path("subject").asText())
          .isEqualTo(mail.getReceivedMessages()[0].getSubject());
      assertThat(shown.path("text").asText()).isEqualToIgnoringNewLines(lines(sent.get(0)));
      String page = server.get("/api/v1/messages/preview/page?sweep=first").body();
      assertThat(shown.path("html").asText()).isEqualTo(page);
      assertThat(page.replaceFirst("data:image/png;base64,[A-Za-z0-9+/=]+", "cid:chart@bagnetlab"))
          .isEqualToIgnoringNewLines(lines(sent.get(1)));
      JsonNode day = server.json("/messages/preview");
      assertThat(day.path("text").asText())
          .startsWith("2 jobs succeeded since ")
          .contains(
              "BagNet-33 on controlled-15: the best run by validation accuracy is ",
              "No job runs or waits.",
              "free.");
      assertThat(server.get("/api/v1/messages/preview?sweep=other").statusCode()).isEqualTo(404);
      // A preview is not sent, and the page may do nothing in the browser.
      assertThat(mail.getReceivedMessages()).hasSize(1);
      assertThat(
              server
                  .get("/api/v1/messages/preview/page")
                  .headers()
                  .firstValue("Content-Security-Policy"))
          .hasValueSatisfying(
              policy ->
                  assertThat(policy)
                      .contains("default-src 'none'; ", "frame-ancestors 'self'; sandbox ")
                      .doesNotContain("script"));
    }
  }

  private static String lines(Part part) throws Exception {
    return part.getContent().toString().replace("\r\n", "\n");
  }
}
