package org.bagnetlab.server.notification.recipient;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessageHtml;
import org.bagnetlab.server.message.MessagePicture;
import org.bagnetlab.server.message.MessageText;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.storage.notice.DeliveryRow;

/**
 * People who receive messages by e-mail.
 *
 * @param server the server that messages are submitted to
 * @param from address of the sender
 * @param to addresses of the recipients
 * @param events the events they are subscribed to
 */
public record Mail(MailServer server, String from, List<String> to, Set<NoticeKind> events)
    implements Recipient {

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>,;:\"@]{1,64}@[^\\s<>,;:\"@]{1,255}");
  private static final String CHART = "chart@bagnetlab";

  /** Checks the addresses. The message of the exception does not contain them. */
  public Mail {
    if (to.isEmpty()) {
      throw new IllegalArgumentException("to must list at least one address");
    }
    if (!ADDRESS.matcher(from).matches()
        || !to.stream().allMatch(address -> ADDRESS.matcher(address).matches())) {
      throw new IllegalArgumentException("from and to must be addresses such as lab@example.org");
    }
    to = List.copyOf(to);
    events = Set.copyOf(events);
  }

  @Override
  public String service() {
    return "mail";
  }

  @Override
  public String host() {
    return "smtp://%s:%d".formatted(server.host(), server.port());
  }

  @Override
  public String address() {
    return "mail %s:%d %s %s".formatted(server.host(), server.port(), from, String.join(",", to));
  }

  @Override
  public Optional<String> send(DeliveryRow delivery, Transport transport)
      throws InterruptedException {
    return MailSender.send(
        transport, server, written(StoredMessage.read(delivery.body()), delivery.id()));
  }

  /**
   * The message as text and as HTML, with the chart in it.
   *
   * @param id identifier of the delivery, by which mail programs recognise a repetition
   */
  private MailMessage written(Message message, String id) {
    MailMessage mail =
        new MailMessage()
            .setFrom(from)
            .setTo(to)
            .setSubject(message.subject())
            .setText(MessageText.of(message))
            .setHtml(MessageHtml.of(message, "cid:" + CHART))
            .addHeader("Message-ID", "<%s@bagnetlab>".formatted(id))
            .addHeader("Auto-Submitted", "auto-generated");
    message.picture().map(Mail::attached).ifPresent(mail::setInlineAttachment);
    return mail;
  }

  private static MailAttachment attached(MessagePicture picture) {
    return MailAttachment.create()
        .setData(Buffer.buffer(picture.png()))
        .setContentType("image/png")
        .setName("chart.png")
        .setDescription(picture.description())
        .setContentId("<%s>".formatted(CHART));
  }

  @Override
  public String toString() {
    return "Mail[%s, %s]".formatted(host(), events);
  }
}
