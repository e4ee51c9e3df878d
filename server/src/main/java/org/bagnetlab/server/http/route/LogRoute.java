package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.storage.directory.DataDirectory;

/** Serves the last lines of a job's log. */
final class LogRoute {

  private static final int MOST = 1 << 20;

  private final Vertx vertx;
  private final JobQueue queue;
  private final DataDirectory directory;

  LogRoute(Vertx vertx, JobQueue queue, DataDirectory directory) {
    this.vertx = vertx;
    this.queue = queue;
    this.directory = directory;
  }

  void mount(Router api) {
    api.get("/jobs/:id/log").handler(this::log);
  }

  private void log(RoutingContext request) {
    long id = RequestParameters.id(request);
    int bytes = RequestParameters.whole(request, "bytes", 1 << 16, 1, MOST);
    queue
        .find(id)
        .compose(job -> vertx.executeBlocking(() -> end(directory.log(id), bytes), false))
        .onSuccess(
            text ->
                request
                    .response()
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .putHeader("Cache-Control", "no-store")
                    .end(text))
        .onFailure(request::fail);
  }

  private static Buffer end(Path file, int bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long start = Math.max(0, channel.size() - bytes);
      channel.position(start);
      ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - start));
      while (end.hasRemaining() && channel.read(end) >= 0) {}
      end.flip();
      if (start > 0) {
        // The first line may be cut, even within a character.
        while (end.hasRemaining() && end.get() != '\n') {}
      }
      byte[] text = new byte[end.remaining()];
      end.get(text);
      return Buffer.buffer(text);
    } catch (NoSuchFileException e) {
      return Buffer.buffer();
    }
  }
}
