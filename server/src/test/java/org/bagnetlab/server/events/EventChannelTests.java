package org.bagnetlab.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages hear everything as long as they read, and cost little when they do not. */
class EventChannelTests {

  private static final int LONG_BYTES = 1 << 14;

  /** More than the system keeps for a connection (4 MiB to send, 6 MiB received) and we do. */
  private static final int MORE_THAN_BUFFERS = (16 << 20) / LONG_BYTES;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicLong now = new AtomicLong();
  private EventChannel channel;
  private HttpServer server;

  @BeforeEach
  void serve() {
    channel = onContext(() -> Future.succeededFuture(new EventChannel(vertx, "lab", now::get)));
    server =
        onContext(
            () ->
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request ->
                            channel.join(request.response(), request.getHeader("Last-Event-ID")))
                    .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    TestServer.result(vertx.close());
  }

  private interface Work<T> {
    Future<T> begin();
  }

  private <T> T onContext(Work<T> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> work.begin().onComplete(promise));
    return TestServer.result(promise.future());
  }

  private void happen(QueueEvent event) {
    onContext(
        () -> {
          channel.happened(event);
          return Future.succeededFuture(event);
        });
  }

  private static QueueEvent longEvent(long number) {
    String facts = "{\"image\":\"%s\"}".formatted("x".repeat(LONG_BYTES));
    return new QueueEvent.ArtifactStored(
        new ArtifactRow(
            number,
            1,
            Optional.of("heatmap"),
            "image",
            "a.png",
            "1/a.png",
            "image/png",
            "0",
            1,
            facts,
            Instant.EPOCH));
  }

  /** A page that has heard the greeting. */
  private final class Page implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader reader;

    Page(String lastEventId) throws IOException {
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
      String heard = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
      String request = "GET / HTTP/1.1\r\nHost: lab\r\n" + heard + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      await("retry: ");
    }

    /** The next line that begins so. */
    String await(String beginning) throws IOException {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(beginning)) {
          return line;
        }
      }
      throw new AssertionError("the stream ended without '" + beginning + "'");
    }

    /** How many characters come before the stream's end. */
    long rest() throws IOException {
      long characters = 0;
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          characters += line.length();
        }
      } catch (SocketException e) {
        // The server did not wait until all was read.
      }
      return characters;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void aPageThatDoesNotReadIsDroppedAndOthersHearEverything() throws Exception {
    try (Page silent = new Page("");
        Page reading = new Page("")) {
      for (int i = 1; i <= MORE_THAN_BUFFERS; i++) {
        happen(longEvent(i));
        assertThat(reading.await("id: lab-" + i)).isEqualTo("id: lab-" + i);
      }
      assertThat(silent.rest()).isLessThan((long) MORE_THAN_BUFFERS * LONG_BYTES);
    }
  }

  @Test
  void theMorePagesListenTheRarerIsProgress() throws Exception {
    try (Page one = new Page("");
        Page other = new Page("")) {
      for (int millisecond = 0; millisecond <= 4; millisecond++) {
        now.set(TimeUnit.MILLISECONDS.toNanos(millisecond));
        happen(new QueueEvent.Progressed(7, progress(millisecond)));
        happen(new QueueEvent.Progressed(8, progress(millisecond)));
      }
      for (Page page : List.of(one, other)) {
        for (int told : new int[] {0, 2, 4}) {
          assertThat(page.await("data: ")).contains("\"job\":7", "\"done\":" + told + ",");
          assertThat(page.await("data: ")).contains("\"job\":8", "\"done\":" + told + ",");
        }
      }
    }
  }

  private static WorkerEvent.Progress progress(int done) {
    return new WorkerEvent.Progress(Phase.TRAINING, 1, 6, done, 85, 40, 60);
  }

  @Test
  void aPageThatComesBackHearsWhatItMissed() throws Exception {
    for (int i = 1; i <= 3; i++) {
      happen(new QueueEvent.JobDeleted(i));
    }
    try (Page page = new Page("lab-1")) {
      assertThat(page.await("data: ")).contains("\"job\":2");
      assertThat(page.await("data: ")).contains("\"job\":3");
    }
  }

  @Test
  void aPageThatMissedMuchIsToldToLoadEverything() throws Exception {
    for (int i = 1; i <= 10; i++) {
      happen(longEvent(i));
    }
    try (Page page = new Page("lab-0")) {
      assertThat(page.await("event: ")).isEqualTo("event: reset");
    }
  }
}
