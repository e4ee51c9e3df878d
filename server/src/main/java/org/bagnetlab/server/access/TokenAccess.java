package org.bagnetlab.server.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grants access to anyone who has a token listed in the token file. */
public final class TokenAccess implements Access {

  private static final Logger LOG = LoggerFactory.getLogger(TokenAccess.class);

  /**
   * Interval at which the file is read again. A revoked token stops working after this time at the
   * latest.
   */
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

  private final TokenFile file;
  private volatile List<AccessToken> tokens;

  private TokenAccess(TokenFile file, List<AccessToken> tokens) {
    this.file = file;
    this.tokens = tokens;
  }

  /** Reads the tokens from the file. Blocks. */
  public static TokenAccess read(TokenFile file) throws IOException {
    return new TokenAccess(file, file.read());
  }

  @Override
  public void watch(Vertx vertx, Changes changes) {
    // Views may occupy all shared worker threads, and a revocation must not wait for them.
    watch(vertx, vertx.createSharedWorkerExecutor("tokens", 1), changes);
  }

  private void watch(Vertx vertx, WorkerExecutor thread, Changes changes) {
    var _ =
        vertx.setTimer(
            BETWEEN_READINGS.toMillis(),
            timer ->
                Future.succeededFuture()
                    .compose(now -> thread.executeBlocking(file::read, false))
                    .onSuccess(read -> use(read, changes))
                    .onComplete(
                        done -> {
                          if (done.cause() instanceof RejectedExecutionException) {
                            return; // The server is stopping.
                          }
                          if (done.failed()) {
                            // The tokens read earlier stay valid: a damaged file must not lock
                            // everyone out.
                            LOG.error("Cannot read the tokens", done.cause());
                          }
                          watch(vertx, thread, changes);
                        }));
  }

  private void use(List<AccessToken> read, Changes changes) {
    List<AccessToken> before = tokens;
    tokens = read;
    List<User> added = without(read, before);
    List<User> removed = without(before, read);
    if (!added.isEmpty() || !removed.isEmpty()) {
      changes.changed(added, removed);
    }
  }

  private static List<User> without(List<AccessToken> all, List<AccessToken> others) {
    return all.stream().filter(token -> !others.contains(token)).map(AccessToken::user).toList();
  }

  @Override
  public boolean login() {
    return true;
  }

  @Override
  public Optional<User> user(String token) {
    String hash = AccessToken.hash(token);
    Optional<User> found = Optional.empty();
    for (AccessToken known : tokens) {
      // Compares with all tokens, so that the time does not depend on which one matches.
      if (known.hasHash(hash)) {
        found = Optional.of(known.user());
      }
    }
    return found;
  }
}
