package org.bagnetlab.server.notification.recipient;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessageText;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.table.PlainText;
import org.bagnetlab.server.table.WrittenTable;
import org.bagnetlab.storage.notice.DeliveryRow;

/**
 * A channel of Slack, by an incoming webhook. These take no files, so a message has no picture.
 *
 * @param to the address of the incoming webhook, which is a secret
 * @param events the events it is subscribed to
 */
public record Slack(HttpAddress to, Set<NoticeKind> events) implements HttpRecipient {

  /** Maximum length of the text of a block, in characters. */
  private static final int LONGEST_BLOCK = 3000;

  /** Maximum length of a header. */
  private static final int LONGEST_HEADER = 150;

  private static final String CUT = "\n…";

  /** Copies the events. */
  public Slack {
    events = Set.copyOf(events);
  }

  @Override
  public String service() {
    return "slack";
  }

  @Override
  public Optional<String> send(DeliveryRow delivery, Transport transport)
      throws InterruptedException {
    return HttpSender.send(
        transport, HttpSender.json(to, written(StoredMessage.read(delivery.body()))));
  }

  /** The message in blocks; the text is what notifications on a phone show. */
  static ObjectNode written(Message message) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("text", escaped(message.subject()));
    ArrayNode blocks = body.putArray("blocks");
    blocks
        .addObject()
        .put("type", "header")
        .putObject("text")
        .put("type", "plain_text")
        .put("text", cut(message.subject(), LONGEST_HEADER));
    section(blocks, cut(escaped(MessageText.brief(message)), LONGEST_BLOCK));
    message.tables().forEach(table -> section(blocks, code(table)));
    message
        .link()
        .ifPresent(link -> section(blocks, "<%s|Open in the dashboard>".formatted(escaped(link))));
    return body;
  }

  private static void section(ArrayNode blocks, String text) {
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", text);
  }

  /** A table in a font with equal widths, without the lines that a block has no room for. */
  private static String code(WrittenTable table) {
    String fence = "```";
    int room = LONGEST_BLOCK - 2 * fence.length();
    String text = escaped(PlainText.of(table)).replace(fence, "'''").stripTrailing();
    return fence
        + (text.length() <= room
            ? text
            : text.substring(0, Math.max(0, text.lastIndexOf('\n', room - CUT.length()))) + CUT)
        + fence;
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - CUT.length()) + CUT.strip();
  }

  /** Escapes the characters that Slack requires, so that a name cannot mention anybody. */
  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(
            character ->
                switch (character) {
                  case '&' -> "&amp;";
                  case '<' -> "&lt;";
                  case '>' -> "&gt;";
                  default -> Character.toString(character);
                })
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return "Slack[%s, %s]".formatted(host(), events);
  }
}
