package org.bagnetlab.server.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Posts a notification once. Errors are reworded, because the client's messages contain the
 * webhook's address.
 */
final class Sender {

  static final String DELIVERY = "X-Bagnetlab-Delivery";
  static final String EVENT = "X-Bagnetlab-Event";

  private final HttpClient client;
  private final Duration patience;

  /**
   * Sends to webhooks.
   *
   * @param connections at once, to one host; beyond that, notices would wait without a limit
   */
  Sender(Vertx vertx, int connections, Duration patience) {
    this.patience = patience;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(patience.toMillis())),
            new PoolOptions().setHttp1MaxSize(connections));
  }

  /**
   * Sends it.
   *
   * @return the error as text; empty: it was accepted
   */
  Future<Optional<String>> send(Webhook webhook, String delivery, String event, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.url().toString())
            .setFollowRedirects(false)
            .setIdleTimeout(patience.toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "bagnetlab")
            .putHeader(Signature.HEADER, Signature.of(webhook.secret(), bytes))
            .putHeader(DELIVERY, delivery)
            .putHeader(EVENT, event);
    // Inside compose: the client throws some failures, which must not get lost.
    return Future.succeededFuture(options)
        .compose(client::request)
        .compose(
            request ->
                request
                    .send(Buffer.buffer(bytes))
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .map(Sender::refusal)
                    .onComplete(done -> request.reset()))
        .otherwise(failure -> Optional.of(words(failure)));
  }

  /** The rest of the response, of any length, is not read: the connection is closed. */
  private static Optional<String> refusal(HttpClientResponse response) {
    response.exceptionHandler(closed -> {});
    int status = response.statusCode();
    return status >= 200 && status < 300
        ? Optional.empty()
        : Optional.of("it responded with status " + status);
  }

  private String words(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return "its host is unknown";
    }
    // Before the next check: a connection timeout matches both.
    if (failure instanceof TimeoutException
        || failure.getClass().getSimpleName().contains("Timeout")) {
      return "no response within %d ms".formatted(patience.toMillis());
    }
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    if (failure instanceof SSLException) {
      return "no safe connection could be made (TLS)";
    }
    return "the connection was lost (%s)".formatted(failure.getClass().getSimpleName());
  }

  Future<Void> close() {
    return client.close();
  }
}
