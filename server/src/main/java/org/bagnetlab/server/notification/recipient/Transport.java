package org.bagnetlab.server.notification.recipient;

import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * The clients that notifications are sent with.
 *
 * @param vertx runs the mail client
 * @param http the HTTP client
 * @param timeout timeout for a response
 */
public record Transport(Vertx vertx, HttpClient http, Duration timeout) implements AutoCloseable {

  /** Creates the clients. */
  public static Transport of(Vertx vertx, Duration timeout) {
    return new Transport(vertx, HttpSender.client(timeout), timeout);
  }

  @Override
  public void close() {
    http.close();
  }
}
