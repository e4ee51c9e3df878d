package org.bagnetlab.server.http.reply;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;

/**
 * The body of a response, written no faster than the client reads it. Blocks, and throws {@link
 * ClientGone} once the client has left.
 */
public final class ResponseStream extends OutputStream {

  private final HttpServerResponse response;

  public ResponseStream(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      response
          .write(Buffer.buffer(length).appendBytes(bytes, offset, length))
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server ends");
    } catch (ExecutionException e) {
      throw new ClientGone(e);
    }
  }
}
