package org.bagnetlab.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class TokenAccessTests {

  @TempDir Path data;

  /**
   * Blocking work of a context runs in order unless asked otherwise. A check behind other work
   * would also fail in public when the server stops.
   */
  @Test
  void aRevocationDoesNotWaitForOtherWork(Vertx vertx) throws Exception {
    TokenFile file = TokenFile.in(data, Clock.systemUTC());
    file.add("ann", Role.OPERATOR);
    TokenAccess access = TokenAccess.read(file);
    CountDownLatch working = new CountDownLatch(1);
    CompletableFuture<List<User>> revoked = new CompletableFuture<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        now -> {
          var _ =
              context.executeBlocking(
                  () -> {
                    working.await();
                    return null;
                  });
          access.watch(vertx, (added, removed) -> revoked.complete(removed));
        });
    try {
      file.remove("ann");
      assertThat(revoked.get(30, TimeUnit.SECONDS)).containsExactly(new User("ann", Role.OPERATOR));
    } finally {
      working.countDown();
    }
  }
}
