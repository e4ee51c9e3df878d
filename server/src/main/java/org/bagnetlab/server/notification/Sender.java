package org.bagnetlab.server.notification;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.bagnetlab.storage.notice.DeliveryRow;

/**
 * Posts a notification once. Error messages are reworded, because those of the HTTP client may
 * contain the address of the webhook.
 */
final class Sender {

  private Sender() {}

  /** Creates a client for {@link #send}. */
  static HttpClient client(Duration timeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(timeout)
        .build();
  }

  /**
   * Posts a notification. Redirects are not followed. Blocks.
   *
   * @return why it was not accepted; empty if it was accepted
   */
  static Optional<String> send(
      HttpClient client, Webhook webhook, DeliveryRow notice, Duration timeout)
      throws InterruptedException {
    byte[] body = notice.body().getBytes(StandardCharsets.UTF_8);
    try {
      HttpRequest request =
          HttpRequest.newBuilder(webhook.url())
              .timeout(timeout)
              .header("Content-Type", "application/json")
              .header("User-Agent", "bagnetlab")
              .header("X-Bagnetlab-Signature", webhook.signature(body))
              .header("X-Bagnetlab-Delivery", notice.id())
              .header("X-Bagnetlab-Event", notice.event())
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      response.body().close(); // The body is not read, since it may be long.
      int status = response.statusCode();
      return status / 100 == 2
          ? Optional.empty()
          : Optional.of("it responded with status " + status);
    } catch (IOException | RuntimeException e) {
      return Optional.of(reason(e, timeout));
    }
  }

  private static String reason(Exception failure, Duration timeout) {
    return switch (failure) {
      case HttpTimeoutException e -> "no response within %d ms".formatted(timeout.toMillis());
      case SSLException e -> "no safe connection could be made (TLS)";
      case ConnectException e when root(e) instanceof UnresolvedAddressException ->
          "its host is unknown";
      case ConnectException e -> "connection refused";
      default -> "the connection was lost (%s)".formatted(failure.getClass().getSimpleName());
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : root(cause);
  }
}
