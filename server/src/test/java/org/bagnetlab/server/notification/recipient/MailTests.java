package org.bagnetlab.server.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.server.SelfSigned;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.NoticeKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a mail server receives. */
@Timeout(60)
class MailTests {

  private static final Set<NoticeKind> ALL = Set.of(NoticeKind.SWEEP_ENDED);
  private static final String HOST = "127.0.0.1";

  private final GreenMail mail = new GreenMail(new ServerSetup(0, HOST, ServerSetup.PROTOCOL_SMTP));
  private final Vertx vertx = Vertx.vertx();
  private final Transport transport = Transport.of(vertx, Duration.ofSeconds(10));

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void start() {
    mail.setUser("ann@example.org", "lab", "PASSWORD");
    mail.start();
  }

  @AfterEach
  void close() {
    mail.stop();
    transport.close();
    TestServer.result(vertx.close());
  }

  private static Mail to(MailServer server) {
    return new Mail(server, "lab@example.org", List.of("ann@example.org", "bob@example.org"), ALL);
  }

  private static MailServer plain(int port) {
    return new MailServer(HOST, port, MailSecurity.NONE, Optional.empty(), Optional.empty());
  }

  private static MailServer secure(
      int port, MailSecurity security, Optional<Path> certificate, String password) {
    return new MailServer(
        HOST, port, security, certificate, Optional.of(new MailLogin("lab", password)));
  }

  private Optional<String> send(MailServer server) throws InterruptedException {
    Recipient recipient = to(server);
    return recipient.send(SampleMessage.waiting(recipient, SampleMessage.withPicture()), transport);
  }

  @Test
  void aMessageHasTextAndHtmlWithTheChart() throws Exception {
    assertThat(send(plain(mail.getSmtp().getPort()))).isEmpty();
    MimeMessage[] received = mail.getReceivedMessages();
    assertThat(received).hasSize(2); // one for each recipient
    MimeMessage message = received[0];
    assertThat(message.getSubject()).isEqualTo("[lab] Sweep breiten-ü has ended");
    assertThat(message.getFrom()[0]).hasToString("lab@example.org");
    assertThat(message.getAllRecipients()).hasSize(2);
    assertThat(message.getMessageID()).isEqualTo("<d1@bagnetlab>");
    List<Part> parts = parts(message);
    assertThat(parts.get(0).isMimeType("text/plain")).isTrue();
    assertThat(lines(parts.get(0)))
        .startsWith("6 succeeded, 1 failed.\n")
        .contains(
            "Network     Test\nBagNet-9|x  0.712\n", "http://127.0.0.1:8080/#/sweeps/breiten");
    assertThat(parts.get(1).isMimeType("text/html")).isTrue();
    assertThat(lines(parts.get(1)))
        .contains(
            "<p style=\"margin: 4px 0\">1 job failed: &lt;@all&gt; &amp; *it* diverged.</p>",
            ">0.712</td>",
            "<img src=\"cid:chart@bagnetlab\" alt=\"Test accuracy\"");
    Part picture = parts.get(2);
    assertThat(picture.isMimeType("image/png")).isTrue();
    assertThat(picture.getFileName()).isEqualTo("chart.png");
    assertThat(picture.getHeader("Content-ID")).containsExactly("<chart@bagnetlab>");
    try (InputStream file = picture.getInputStream()) {
      assertThat(file.readAllBytes()).isEqualTo(SampleMessage.png());
    }
    assertThat(parts).hasSize(3);
  }

  private static String lines(Part part) throws Exception {
    return part.getContent().toString().replace("\r\n", "\n");
  }

  /** The parts without parts of their own, in order. */
  private static List<Part> parts(Part part) throws Exception {
    if (!(part.getContent() instanceof Multipart several)) {
      return List.of(part);
    }
    Stream<Part> found = Stream.empty();
    for (int i = 0; i < several.getCount(); i++) {
      found = Stream.concat(found, parts(several.getBodyPart(i)).stream());
    }
    return found.toList();
  }

  @Test
  void aMessageWithoutPictureHasNone() throws Exception {
    Recipient recipient = to(plain(mail.getSmtp().getPort()));
    Message message = SampleMessage.of(NoticeKind.NEEDS_HELP, Optional.empty());
    assertThat(recipient.send(SampleMessage.waiting(recipient, message), transport)).isEmpty();
    List<Part> parts = parts(mail.getReceivedMessages()[0]);
    assertThat(parts).hasSize(2);
    assertThat(lines(parts.get(1))).doesNotContain("<img");
  }

  @Test
  void aPasswordIsSentOverTlsAlone() throws Exception {
    SelfSigned signed = SelfSigned.in(directory);
    Path store = directory.resolve("store.p12");
    for (MailSecurity security : List.of(MailSecurity.REQUIRED, MailSecurity.IMPLICIT)) {
      try (TlsFront front =
          new TlsFront(store, mail.getSmtp().getPort(), security == MailSecurity.IMPLICIT)) {
        int before = mail.getReceivedMessages().length;
        Optional<Path> known = Optional.of(signed.certificate());
        assertThat(send(secure(front.port(), security, known, "PASSWORD"))).isEmpty();
        assertThat(mail.getReceivedMessages()).hasSize(before + 2);
        assertThat(send(secure(front.port(), security, known, "WRONG")))
            .contains("it did not accept user and password (535)");
        // The certificate is not one of a known authority.
        assertThat(send(secure(front.port(), security, Optional.empty(), "PASSWORD")))
            .contains("no safe connection could be made (TLS)");
        assertThat(mail.getReceivedMessages()).hasSize(before + 2);
      }
    }
    assertThat(send(secure(mail.getSmtp().getPort(), MailSecurity.REQUIRED, Optional.empty(), "P")))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("it offers no STARTTLS"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MailServer(
                    "mail.example.org",
                    25,
                    MailSecurity.NONE,
                    Optional.empty(),
                    Optional.of(new MailLogin("lab", "PASSWORD"))))
        .withMessageContaining("readably")
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("PASSWORD"));
  }

  @Test
  void aServerThatIsGoneIsNamedInOneLine() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    assertThat(send(plain(port))).contains("connection refused");
    assertThat(
            send(
                new MailServer(
                    "mail.invalid", 25, MailSecurity.NONE, Optional.empty(), Optional.empty())))
        .contains("its host is unknown");
  }

  @Test
  void aServerWithoutAnAnswerIsGivenUp() throws IOException, InterruptedException {
    Recipient recipient;
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Transport hasty = Transport.of(vertx, Duration.ofMillis(50))) {
      recipient = to(plain(silent.getLocalPort()));
      assertThat(
              recipient.send(SampleMessage.waiting(recipient, SampleMessage.withPicture()), hasty))
          .contains("no response within 300 ms");
    }
  }

  @Test
  void onlyTheServerIsShown() {
    Mail recipient = to(secure(587, MailSecurity.REQUIRED, Optional.empty(), "PASSWORD"));
    assertThat(recipient.host()).isEqualTo("smtp://127.0.0.1:587");
    assertThat(recipient.toString()).doesNotContain("PASSWORD", "ann@", "lab@");
    assertThat(recipient.server().toString()).doesNotContain("PASSWORD");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Mail(plain(25), "lab@example.org", List.of("a\nBOB@example.org"), ALL))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("BOB"));
  }
}
