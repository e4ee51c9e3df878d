package org.bagnetlab.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UntrackedConnectionTests {

  private final Vertx vertx = Vertx.vertx();
  private final ClientConnections connections =
      new ClientConnections(vertx, new ClientLimits(1, 1, 1, Duration.ofSeconds(2)));

  @AfterEach
  void stop() {
    TestServer.result(vertx.close());
  }

  @Test
  void whatCannotBeWatchedIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    HttpConnection strange =
        (HttpConnection)
            Proxy.newProxyInstance(
                HttpConnection.class.getClassLoader(),
                new Class<?>[] {HttpConnection.class},
                (proxy, method, arguments) -> {
                  closed.set(closed.get() || method.getName().equals("close"));
                  return Future.succeededFuture();
                });
    connections.opened(strange);
    assertThat(closed).isTrue();
  }
}
