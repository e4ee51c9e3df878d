package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Few requests have their turn, some wait, and the rest are refused. */
@Timeout(60)
class TurnsTests {

  /** Requests that have their turn, and what ends it. */
  private final BlockingQueue<Promise<Void>> working = new LinkedBlockingQueue<>();

  private void handle(Turns turns, RoutingContext request) {
    if (turns.admit(request)) {
      turns.await(
          request,
          () -> {
            Promise<Void> end = Promise.promise();
            working.add(end);
            return end.future().onSuccess(any -> request.end());
          });
    } else {
      request.response().setStatusCode(503).end();
    }
  }

  private static <T> T result(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theThirdIsRefusedUntilTheFirstHasEnded() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Router router = Router.router(vertx);
      Turns turns = new Turns(vertx, 1, 2);
      router.get("/").handler(request -> handle(turns, request));
      HttpServer server =
          result(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(server.actualPort())))
              .build();
      List<CompletableFuture<HttpResponse<Void>>> sent = new ArrayList<>();
      // Of three requests, one has its turn and one waits: the one that ends is refused.
      for (int i = 0; i < 3; i++) {
        sent.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
      }
      Promise<Void> first = working.take();
      assertThat(
              CompletableFuture.anyOf(sent.toArray(CompletableFuture[]::new))
                  .thenApply(any -> ((HttpResponse<?>) any).statusCode())
                  .join())
          .isEqualTo(503);
      assertThat(working).isEmpty();
      first.complete();
      working.take().complete();
      assertThat(sent).extracting(each -> each.join().statusCode()).contains(200, 200, 503);
      assertThat(sent).filteredOn(each -> each.join().statusCode() == 200).hasSize(2);
    } finally {
      result(vertx.close());
    }
  }
}
