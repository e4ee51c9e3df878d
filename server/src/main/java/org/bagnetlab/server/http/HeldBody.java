package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that knows whether the server has paused it. Data received meanwhile is not read
 * yet, so a client that has sent everything may appear to be slow.
 */
final class HeldBody implements ReadStream<Buffer> {

  private final HttpServerRequest request;
  private boolean held;

  HeldBody(HttpServerRequest request) {
    this.request = request;
  }

  boolean held() {
    return held;
  }

  @Override
  public HeldBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    request.exceptionHandler(handler);
    return this;
  }

  @Override
  public HeldBody handler(@Nullable Handler<Buffer> handler) {
    request.handler(handler);
    return this;
  }

  @Override
  public HeldBody endHandler(@Nullable Handler<Void> handler) {
    request.endHandler(handler);
    return this;
  }

  @Override
  public HeldBody pause() {
    held = true;
    request.pause();
    return this;
  }

  @Override
  public HeldBody resume() {
    held = false;
    request.resume();
    return this;
  }

  @Override
  public HeldBody fetch(long amount) {
    held = false;
    request.fetch(amount);
    return this;
  }
}
