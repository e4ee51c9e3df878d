package org.bagnetlab.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that carry nothing are closed, those that only take long are not. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT) // they wait for clients
class ClientConnectionsTests {

  /** Longer than a machine with other work may keep a client from its turn. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  private static final int CONNECTIONS = 4;

  /** More than the system keeps for a connection. */
  private static final int LARGE = 32 << 20;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Promise<Void> taken = Promise.promise();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    Files.write(folder.resolve("large"), new byte[LARGE]);
    server =
        TestServer.result(
            new ClientConnections(vertx, new ClientLimits(CONNECTIONS, CONNECTIONS, IDLE))
                .serve(this::answer, Optional.empty())
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    TestServer.result(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/body" -> request.body().onSuccess(body -> request.response().end("read"));
      case "/file" ->
          request.response().sendFile(folder.resolve("large").toString()).onComplete(taken);
      case "/memory" -> request.response().end(Buffer.buffer(new byte[LARGE])).onComplete(taken);
      default -> request.response().end("here");
    }
  }

  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket();

    Client() throws IOException {
      socket.setReceiveBufferSize(1 << 16);
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
    }

    Client send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Client get(String path) throws IOException {
      return send("GET %s HTTP/1.1\r\nHost: lab\r\n\r\n".formatted(path));
    }

    /** Reads as far as a text; false: the connection was closed before. */
    boolean reads(String text) throws IOException {
      StringBuilder read = new StringBuilder();
      InputStream input = socket.getInputStream();
      try {
        for (int next = input.read(); next >= 0; next = input.read()) {
          read.append((char) next);
          if (read.indexOf(text, Math.max(0, read.length() - text.length())) >= 0) {
            return true;
          }
        }
      } catch (SocketException e) {
        // Closed with something unread.
      }
      return false;
    }

    /** Whether the server closes; nothing else may come. */
    boolean closes() throws IOException {
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private void pause(Duration pause) {
    TestServer.result(vertx.timer(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (Client silent = new Client();
        Client idle = new Client().get("/")) {
      assertThat(idle.reads("here")).isTrue();
      assertThat(silent.closes()).isTrue();
      assertThat(idle.closes()).isTrue();
    }
  }

  @Test
  void aConnectionThatIsUsedIsKept() throws Exception {
    try (Client client = new Client()) {
      for (int i = 0; i < 8; i++) {
        assertThat(client.get("/").reads("here")).isTrue();
        pause(IDLE.dividedBy(4));
      }
    }
  }

  @Test
  void aBodyMayArriveSlowly() throws Exception {
    try (Client slow = new Client()) {
      slow.send("POST /body HTTP/1.1\r\nHost: lab\r\nContent-Length: 8\r\n\r\n");
      for (int i = 0; i < 8; i++) {
        slow.send("x");
        pause(IDLE.dividedBy(4));
      }
      assertThat(slow.reads("read")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/memory"})
  void aClientThatReadsNothingIsDropped(String path) throws Exception {
    try (Client client = new Client().get(path)) {
      assertThat(taken.future().toCompletionStage().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class);
      assertThat(client.socket.isConnected()).isTrue();
    }
  }

  @Test
  void aFileMayBeReadSlowly() throws Exception {
    int step = 1 << 20;
    long begun = System.nanoTime();
    try (Client slow = new Client().get("/file")) {
      long bytes = 0;
      int read = step;
      while (read == step) {
        pause(IDLE.dividedBy(25));
        read = slow.socket.getInputStream().readNBytes(step).length;
        bytes += read;
      }
      assertThat(bytes).isGreaterThan(LARGE);
    }
    assertThat(System.nanoTime() - begun).isGreaterThan(IDLE.toNanos());
  }

  @Test
  void oneConnectionTooManyIsRefusedUntilAnotherEnds() throws Exception {
    Client[] clients = new Client[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      clients[i] = new Client().get("/");
      assertThat(clients[i].reads("here")).isTrue();
    }
    try (Client refused = new Client()) {
      assertThat(refused.closes()).isTrue();
    }
    boolean answered = false;
    clients[0].close();
    while (!answered) { // until the server has noticed that it is gone
      try (Client next = new Client().get("/")) {
        answered = next.reads("here");
      }
    }
    for (Client each : clients) {
      each.close();
    }
  }
}
