package org.bagnetlab.server.notification.recipient;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.Notice;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.storage.notice.DeliveryRow;

/**
 * A program that receives notices as signed JSON.
 *
 * @param to the address that notices are posted to
 * @param secret the secret that they are signed with
 * @param events the events it is subscribed to
 */
public record Webhook(HttpAddress to, String secret, Set<NoticeKind> events)
    implements HttpRecipient {

  private static final int SHORTEST_SECRET = 8;

  /** Checks the secret. The message of the exception does not contain it. */
  public Webhook {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "a webhook's secret must have at least %d characters".formatted(SHORTEST_SECRET));
    }
    events = Set.copyOf(events);
  }

  /**
   * Creates a webhook with this URL.
   *
   * @throws IllegalArgumentException if the URL is invalid; the message does not contain it
   */
  public static Webhook of(String url, String secret, Set<NoticeKind> events) {
    return new Webhook(HttpAddress.of(url), secret, events);
  }

  @Override
  public String service() {
    return "webhook";
  }

  /** The URL alone, as in stored deliveries of every version. */
  @Override
  public String address() {
    return to.url().toString();
  }

  @Override
  public String body(Notice notice, Message message) {
    return ServerJson.text(notice);
  }

  @Override
  public Optional<String> send(DeliveryRow delivery, Transport transport)
      throws InterruptedException {
    byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
    return HttpSender.send(
        transport,
        HttpRequest.newBuilder(to.url())
            .header("Content-Type", "application/json")
            .header("X-Bagnetlab-Signature", signature(body))
            .header("X-Bagnetlab-Delivery", delivery.id())
            .header("X-Bagnetlab-Event", delivery.event())
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** The signature of a notice, which proves that the sender knows the secret. */
  public String signature(byte[] body) {
    return "sha256=" + hmac(secret, body);
  }

  /** HMAC-SHA256 (RFC 2104) in hexadecimal digits. */
  public static String hmac(String key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Webhook[%s, %s]".formatted(host(), events);
  }
}
