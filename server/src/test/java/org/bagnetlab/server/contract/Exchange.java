package org.bagnetlab.server.contract;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * A request and its answer.
 *
 * @param sent the request's body, if it is JSON
 * @param answer the answer's body
 */
public record Exchange(
    String method,
    URI uri,
    HttpHeaders requestHeaders,
    String sent,
    int status,
    HttpHeaders answerHeaders,
    String answer) {

  /** What a client sent and got. */
  public static Exchange of(HttpResponse<String> response) {
    HttpRequest request = response.request();
    return new Exchange(
        request.method(),
        request.uri(),
        request.headers(),
        sent(request),
        response.statusCode(),
        response.headers(),
        response.body());
  }

  String path() {
    return uri.getRawPath();
  }

  /** The query's parameters. */
  Map<String, String> query() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", 0)) {
      int equals = part.indexOf('=');
      if (equals > 0 && equals + 1 < part.length()) {
        parameters.put(
            URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  Optional<String> requestHeader(String name) {
    return requestHeaders.firstValue(name);
  }

  Optional<String> answerHeader(String name) {
    return answerHeaders.firstValue(name);
  }

  private static String sent(HttpRequest request) {
    boolean json =
        request.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    return json ? request.bodyPublisher().map(Exchange::text).orElse("") : "";
  }

  /** What a publisher publishes, once more. */
  private static String text(HttpRequest.BodyPublisher body) {
    HttpResponse.BodySubscriber<String> text =
        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            text.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer bytes) {
            text.onNext(List.of(bytes));
          }

          @Override
          public void onError(Throwable failure) {
            text.onError(failure);
          }

          @Override
          public void onComplete() {
            text.onComplete();
          }
        });
    return text.getBody().toCompletableFuture().join();
  }
}
