package org.bagnetlab.server.notification.recipient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessageMarkdown;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.storage.notice.DeliveryRow;

/**
 * A channel of Mattermost, by an incoming webhook. These take no files, so a message has no
 * picture.
 *
 * @param to the address of the incoming webhook, which is a secret
 * @param events the events it is subscribed to
 */
public record Mattermost(HttpAddress to, Set<NoticeKind> events) implements HttpRecipient {

  /** Maximum length of a post, in characters. */
  private static final int LONGEST = 16_383;

  /** Copies the events. */
  public Mattermost {
    events = Set.copyOf(events);
  }

  @Override
  public String service() {
    return "mattermost";
  }

  @Override
  public Optional<String> send(DeliveryRow delivery, Transport transport)
      throws InterruptedException {
    return HttpSender.send(
        transport, HttpSender.json(to, written(StoredMessage.read(delivery.body()))));
  }

  /** The message as Markdown, without its tables if it would be too long for a post. */
  static ObjectNode written(Message message) {
    String text = MessageMarkdown.of(message);
    return Json.MAPPER
        .createObjectNode()
        .put("text", text.length() <= LONGEST ? text : shortened(message));
  }

  private static String shortened(Message message) {
    String text =
        MessageMarkdown.of(
            new Message(
                message.kind(),
                message.subject(),
                message.sentences(),
                List.of(),
                Optional.empty(),
                message.link()));
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  @Override
  public String toString() {
    return "Mattermost[%s, %s]".formatted(host(), events);
  }
}
