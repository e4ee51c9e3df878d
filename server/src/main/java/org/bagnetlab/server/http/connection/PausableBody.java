package org.bagnetlab.server.http.connection;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that knows whether the server has paused it. Data received meanwhile is not read
 * yet, so a client that has sent everything may appear to be slow.
 */
final class PausableBody implements ReadStream<Buffer> {

  private final HttpServerRequest request;
  private boolean held;

  PausableBody(HttpServerRequest request) {
    this.request = request;
  }

  boolean held() {
    return held;
  }

  @Override
  public PausableBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    request.exceptionHandler(handler);
    return this;
  }

  @Override
  public PausableBody handler(@Nullable Handler<Buffer> handler) {
    request.handler(handler);
    return this;
  }

  @Override
  public PausableBody endHandler(@Nullable Handler<Void> handler) {
    request.endHandler(handler);
    return this;
  }

  @Override
  public PausableBody pause() {
    held = true;
    request.pause();
    return this;
  }

  @Override
  public PausableBody resume() {
    held = false;
    request.resume();
    return this;
  }

  @Override
  public PausableBody fetch(long amount) {
    held = false;
    request.fetch(amount);
    return this;
  }
}
