package org.bagnetlab.server.notification.recipient;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessagePicture;
import org.bagnetlab.server.message.MessageText;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.storage.notice.DeliveryRow;

/**
 * A topic of ntfy, whose messages are shown on phones, so it gets the sentences without the tables.
 *
 * @param to the address of the topic
 * @param token the access token, if the server requires one
 * @param events the events it is subscribed to
 */
public record Ntfy(HttpAddress to, Optional<String> token, Set<NoticeKind> events)
    implements HttpRecipient {

  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  /** Maximum length of a text in bytes; a longer one would become an attached file. */
  private static final int LONGEST = 4000;

  /** Maximum length of a text in a header, whose limit proxies share among all headers. */
  private static final int LONGEST_IN_HEADER = 2000;

  /** Checks the token. The message of the exception does not contain it. */
  public Ntfy {
    if (to.url().getPath().replace("/", "").isEmpty()) {
      throw new IllegalArgumentException(
          "url must end with a topic, such as https://ntfy.example.org/lab");
    }
    if (token.filter(text -> !TOKEN.matcher(text).matches()).isPresent()) {
      throw new IllegalArgumentException("token must be one line of visible ASCII characters");
    }
    events = Set.copyOf(events);
  }

  @Override
  public String service() {
    return "ntfy";
  }

  @Override
  public Optional<String> send(DeliveryRow delivery, Transport transport)
      throws InterruptedException {
    Message message = StoredMessage.read(delivery.body());
    if (message.picture().isPresent()) {
      try {
        int status = HttpSender.status(transport, picture(message, message.picture().get()));
        if (!takesNoFiles(status)) {
          return HttpSender.refusal(status);
        }
      } catch (IOException | RuntimeException e) {
        return Optional.of(HttpSender.reason(e, transport.timeout()));
      }
    }
    return HttpSender.send(transport, text(message));
  }

  /** Whether a server with this response takes no files, or none of this size. */
  private static boolean takesNoFiles(int status) {
    return status == 400 || status == 413;
  }

  private HttpRequest.Builder text(Message message) {
    return request(message).POST(BodyPublishers.ofString(cut(MessageText.brief(message), LONGEST)));
  }

  /** The text and a file in one request, so that a repetition repeats neither alone. */
  private HttpRequest.Builder picture(Message message, MessagePicture picture) {
    // A header has one line: ntfy reads this as a line break.
    String text = cut(MessageText.brief(message), LONGEST_IN_HEADER).replace("\n", "\\n");
    return request(message)
        .header("Message", header(text))
        .header("Filename", "chart.png")
        .PUT(BodyPublishers.ofByteArray(picture.png()));
  }

  private HttpRequest.Builder request(Message message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.url())
            .header("Title", header(message.subject()))
            .header("Priority", priority(message.kind()))
            .header("Tags", tag(message.kind()));
    message.link().ifPresent(link -> request.header("Click", header(link)));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private static String priority(NoticeKind kind) {
    return switch (kind) {
      case NEEDS_HELP -> "high";
      case SWEEP_ENDED, DAILY, TEST -> "default";
    };
  }

  /** The short name of the symbol in front of the title. */
  private static String tag(NoticeKind kind) {
    return switch (kind) {
      case NEEDS_HELP -> "warning";
      case SWEEP_ENDED -> "checkered_flag";
      case DAILY -> "sunrise";
      case TEST -> "bell";
    };
  }

  /** A header, encoded by RFC 2047 if it has other characters than ASCII. */
  private static String header(String text) {
    return text.chars().allMatch(character -> character >= ' ' && character < 127)
        ? text
        : "=?UTF-8?B?%s?="
            .formatted(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The lines of a text that fit into this many bytes. */
  private static String cut(String text, int bytes) {
    String shortened = text;
    while (shortened.getBytes(StandardCharsets.UTF_8).length > bytes) {
      int line = shortened.stripTrailing().lastIndexOf('\n');
      shortened = shortened.substring(0, line < 0 ? shortened.length() * 3 / 4 : line);
    }
    return shortened;
  }

  @Override
  public String toString() {
    return "Ntfy[%s, %s]".formatted(host(), events);
  }
}
