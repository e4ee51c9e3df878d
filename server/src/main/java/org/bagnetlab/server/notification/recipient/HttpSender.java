package org.bagnetlab.server.notification.recipient;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Sends a request once. Error messages are reworded, because those of the HTTP client may contain
 * the address of the recipient.
 */
final class HttpSender {

  private HttpSender() {}

  /** Creates a client. */
  static HttpClient client(Duration timeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(timeout)
        .build();
  }

  /**
   * Sends a request. Redirects are not followed. Blocks.
   *
   * @return why it was not accepted; empty if it was accepted
   */
  static Optional<String> send(Transport transport, HttpRequest.Builder request)
      throws InterruptedException {
    try {
      return refusal(status(transport, request));
    } catch (IOException | RuntimeException e) {
      return Optional.of(reason(e, transport.timeout()));
    }
  }

  /** The status of the response to a request. */
  static int status(Transport transport, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest sent =
        request.copy().timeout(transport.timeout()).header("User-Agent", "bagnetlab").build();
    HttpResponse<InputStream> response = transport.http().send(sent, BodyHandlers.ofInputStream());
    response.body().close(); // The body is not read, since it may be long.
    return response.statusCode();
  }

  /** A request that posts JSON. */
  static HttpRequest.Builder json(HttpAddress to, JsonNode body) {
    return HttpRequest.newBuilder(to.url())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  /** Why a request with this status was not accepted; empty if it was accepted. */
  static Optional<String> refusal(int status) {
    return status / 100 == 2 ? Optional.empty() : Optional.of("it responded with status " + status);
  }

  /** Why no response was received. */
  static String reason(Exception failure, Duration timeout) {
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
