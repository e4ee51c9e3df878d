package org.bagnetlab.server.notification;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * A recipient of notifications. Only the host of its URL is ever shown, since the rest of the URL
 * is often secret.
 *
 * @param url the URL that notifications are posted to
 * @param secret the secret that they are signed with
 * @param events the events it is subscribed to
 */
public record Webhook(URI url, String secret, Set<NoticeKind> events) {

  private static final int SHORTEST_SECRET = 8;
  private static final int LAST_PORT = 65_535;

  /** Checks the URL and the secret. The message of the exception contains neither. */
  public Webhook {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getPort() == 0
        || url.getPort() > LAST_PORT) {
      throw new IllegalArgumentException(
          "a webhook's url must be an address such as https://example.org/hooks/lab");
    }
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
    try {
      return new Webhook(new URI(url), secret, events);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a webhook's url is not a valid address");
    }
  }

  /** Identifies the webhook without revealing its URL. */
  String id() {
    return Sha256.of(url.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The signature of a notice, which proves that the sender knows the secret. */
  String signature(byte[] body) {
    return "sha256=" + hmac(secret, body);
  }

  /** HMAC-SHA256 (RFC 2104) in hexadecimal digits. */
  static String hmac(String key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }

  /** The host, which is the only public part of the URL. */
  public String host() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return "%s://%s%s".formatted(url.getScheme(), url.getHost(), port);
  }

  @Override
  public String toString() {
    return "Webhook[%s, %s]".formatted(host(), events);
  }
}
