package org.bagnetlab.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SenderTests {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    TestServer.result(vertx.close());
  }

  /** Else it would be on its way for ever, and keep others from being sent. */
  @Test
  void whatTheClientThrowsIsAnAttemptInVain() {
    Sender sender = new Sender(vertx, 1, Duration.ofSeconds(10));
    TestServer.result(sender.close());
    Webhook webhook =
        Webhook.of("http://127.0.0.1:9/KEY", "between you and me", Set.of(NoticeKind.NEEDS_HELP));
    assertThat(TestServer.result(sender.send(webhook, "1", "test", "{}"))).isPresent();
  }
}
