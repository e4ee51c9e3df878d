package org.bagnetlab.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Clients that let the server wait are dropped, those that only take long are not. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT) // they wait for clients
class ClientConnectionsTests {

  /** Longer than a machine with other work may keep a client from its turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int CONNECTIONS = 4;
  private static final int LISTENERS = 2;

  /** So many that the others have room. */
  private static final int PER_ADDRESS = CONNECTIONS - 1;

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** More than the system keeps for a connection. */
  private static final int LARGE = 32 << 20;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final ClientConnections connections =
      new ClientConnections(vertx, new ClientLimits(CONNECTIONS, CONNECTIONS, LISTENERS, PATIENCE));
  private final Promise<Void> work = Promise.promise();
  private final Promise<Void> taken = Promise.promise();
  private final CountDownLatch dropped = new CountDownLatch(LISTENERS);
  private final Promise<Void> gone = Promise.promise();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    Files.write(folder.resolve("large"), new byte[LARGE]);
    server = TestServer.result(connections.serve(this::answer).listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    TestServer.result(vertx.close());
  }

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void noFailureWasLogged() {
    root().detachAppender(log);
    assertThat(log.list).noneMatch(each -> each.getLevel().isGreaterOrEqual(Level.ERROR));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/work" -> {
        var _ = request.response().setChunked(true).write("begun\n");
        work.future().onComplete(done -> request.response().end("done"));
      }
      case "/upload" -> {
        var _ = connections.body(request);
        request.body().onSuccess(body -> request.response().end("read"));
      }
      case "/body" -> request.body().onSuccess(body -> request.response().end("read"));
      case "/held" -> {
        ReadStream<Buffer> body = connections.body(request).pause();
        request.body().onSuccess(read -> request.response().end("read"));
        // To ask for the body lets it come.
        body.pause();
        work.future().onComplete(done -> body.resume());
      }
      case "/file" ->
          request.response().sendFile(folder.resolve("large").toString()).onComplete(taken);
      case "/memory" -> request.response().end(Buffer.buffer(new byte[LARGE])).onComplete(taken);
      case "/events" -> {
        if (connections.listen(request)) {
          request.response().closeHandler(gone::tryComplete).setChunked(true).write("event\n");
        } else {
          request.response().setStatusCode(503).end();
        }
      }
      case "/flood" -> {
        assertThat(connections.listen(request)).isTrue();
        request
            .response()
            .setChunked(true)
            .write(Buffer.buffer(new byte[LARGE]))
            .onFailure(failure -> dropped.countDown());
        var _ = request.response().reset();
      }
      case "/ended" -> {
        assertThat(connections.listen(request)).isTrue();
        request.response().end("ended");
      }
      default -> request.response().end("here");
    }
  }

  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket();

    Client() throws IOException {
      this(1 << 16);
    }

    /** One for which the system keeps so much that it has yet to read. */
    Client(int receiveBufferBytes) throws IOException {
      this(server, LOOPBACK, receiveBufferBytes);
    }

    /** One from an address of its own. */
    Client(HttpServer server, InetAddress from, int receiveBufferBytes) throws IOException {
      socket.setReceiveBufferSize(receiveBufferBytes);
      socket.setSoTimeout(30_000);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(LOOPBACK, server.actualPort()));
    }

    Client send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Client get(String path) throws IOException {
      return send("GET %s HTTP/1.1\r\nHost: lab\r\n\r\n".formatted(path));
    }

    /** Lets the server begin a work that takes long. */
    Client works() throws IOException {
      assertThat(get("/work").reads("begun")).isTrue();
      return this;
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

    /** How many bytes come before the end. */
    long rest() throws IOException {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      try {
        for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
          bytes += read;
        }
      } catch (SocketException e) {
        // Closed with something unread.
      }
      return bytes;
    }

    /** Whether the server closes; nothing else may come. */
    boolean closes() throws IOException {
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketException e) {
        return true;
      }
    }

    /**
     * Sends a text again and again with pauses, until the server closes or it was sent so often.
     */
    boolean closesWhileSending(String text, int times) throws IOException {
      socket.setSoTimeout((int) PATIENCE.toMillis() / 10);
      for (int i = 0; i < times; i++) {
        try {
          send(text);
          return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
          // Open, and nothing came.
        } catch (SocketException e) {
          return true;
        }
      }
      socket.setSoTimeout(30_000);
      return false;
    }

    void hangUp() throws IOException {
      socket.close();
    }

    @Override
    public void close() throws IOException {
      hangUp();
    }
  }

  @Test
  void whoSendsNoRequestIsDropped() throws Exception {
    try (Client silent = new Client();
        Client slow = new Client();
        Client idle = new Client().get("/")) {
      assertThat(idle.reads("here")).isTrue();
      assertThat(slow.send("GET / HTTP/1.1\r\n").closesWhileSending("a", 1_000)).isTrue();
      assertThat(silent.closes()).isTrue();
      assertThat(idle.closes()).isTrue();
    }
  }

  @Test
  void aConnectionThatIsUsedIsKept() throws Exception {
    try (Client client = new Client()) {
      String request = "GET / HTTP/1.1\r\nHost: lab\r\n\r\n";
      for (int i = 0; i < 8; i++) {
        client.send(request);
        assertThat(client.reads("here")).isTrue();
        TestServer.result(vertx.timer(PATIENCE.toMillis() / 4, TimeUnit.MILLISECONDS));
      }
    }
  }

  /** It takes memory for as long as it is not complete. */
  @Test
  void whoseBodyIsNotThereInTimeIsDroppedThoughItComes() throws Exception {
    String head = "POST /body HTTP/1.1\r\nHost: lab\r\nContent-Length: %d\r\n\r\n";
    try (Client slow = new Client()) {
      slow.send(head.formatted(1_000_000));
      assertThat(slow.closesWhileSending("x".repeat(1_000), 1_000)).isTrue();
    }
  }

  @Test
  void whoDripsAFileIsDroppedAndWhoSendsOneSlowlyIsNot() throws Exception {
    String head = "POST /upload HTTP/1.1\r\nHost: lab\r\nContent-Length: %d\r\n\r\n";
    try (Client dripping = new Client()) {
      assertThat(dripping.send(head.formatted(1_000)).closesWhileSending("a", 1_000)).isTrue();
    }
    try (Client slow = new Client()) {
      slow.send(head.formatted(30_010));
      assertThat(slow.closesWhileSending("x".repeat(1_000), 30)).isFalse();
      assertThat(slow.send("x".repeat(10)).reads("read")).isTrue();
    }
  }

  @Test
  void whatTheServerComputesMayTakeLong() throws Exception {
    try (Client client = new Client().works();
        Client silent = new Client()) {
      // Opened later, and out of time.
      assertThat(silent.closes()).isTrue();
      work.complete();
      assertThat(client.reads("done")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/memory"})
  void whoTakesNoAnswerIsDropped(String path) throws Exception {
    try (Client client = new Client().get(path)) {
      assertThat(taken.future().toCompletionStage().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class);
      assertThat(client.rest()).isLessThan(LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/memory"})
  void whoTakesAnAnswerSlowlyGetsAllOfIt(String path) throws Exception {
    int step = 1 << 20;
    long begun = System.nanoTime();
    try (Client slow = new Client().get(path)) {
      long bytes = 0;
      int read = step;
      while (read == step) {
        TestServer.result(vertx.timer(PATIENCE.toMillis() / 25, TimeUnit.MILLISECONDS));
        read = slow.socket.getInputStream().readNBytes(step).length;
        bytes += read;
      }
      assertThat(bytes).isGreaterThan(LARGE);
    }
    assertThat(System.nanoTime() - begun).isGreaterThan(PATIENCE.toNanos());
  }

  @Test
  void forOneMoreTheIdlestIsClosedAndNoneThatHasARequest() throws Exception {
    try (Client first = new Client().works();
        Client second = new Client().get("/")) {
      assertThat(second.reads("here")).isTrue();
      try (Client third = new Client().works();
          Client fourth = new Client().works();
          Client fifth = new Client().get("/")) {
        assertThat(fifth.reads("here")).isTrue();
        assertThat(second.closes()).isTrue();
        try (Client sixth = new Client().works()) {
          assertThat(fifth.closes()).isTrue();
          try (Client tooMany = new Client()) {
            assertThat(tooMany.closes()).isTrue();
          }
          work.complete();
          for (Client each : new Client[] {first, third, fourth, sixth}) {
            assertThat(each.reads("done")).isTrue();
          }
        }
      }
    }
  }

  /** Linux has all addresses from 127.0.0.1 on. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void oneAddressDoesNotTakeThePlacesOfAnother() throws Exception {
    HttpServer limited =
        TestServer.result(
            new ClientConnections(
                    vertx, new ClientLimits(CONNECTIONS, PER_ADDRESS, LISTENERS, PATIENCE))
                .serve(this::answer)
                .listen(0, "127.0.0.1"));
    InetAddress another = InetAddress.getByName("127.0.0.2");
    try (Client first = new Client(limited, LOOPBACK, LARGE).works();
        Client second = new Client(limited, LOOPBACK, LARGE).works();
        Client third = new Client(limited, LOOPBACK, LARGE).get("/")) {
      assertThat(third.reads("here")).isTrue();
      try (Client other = new Client(limited, another, LARGE).get("/");
          Client fourth = new Client(limited, LOOPBACK, LARGE).works()) {
        assertThat(other.reads("here")).isTrue();
        assertThat(third.closes()).as("the idlest of its address").isTrue();
        try (Client tooMany = new Client(limited, LOOPBACK, LARGE)) {
          assertThat(tooMany.closes()).isTrue();
        }
        assertThat(other.get("/").reads("here")).isTrue();
        work.complete();
        for (Client each : new Client[] {first, second, fourth}) {
          assertThat(each.reads("done")).isTrue();
        }
      }
    }
  }

  @Test
  void listenersAreNotDroppedAndHaveABoundOfTheirOwn() throws Exception {
    try (Client one = new Client().get("/events");
        Client other = new Client().get("/events")) {
      assertThat(one.reads("event")).isTrue();
      assertThat(other.reads("event")).isTrue();
      for (int i = 0; i < 2 * CONNECTIONS; i++) {
        try (Client client = new Client().get("/")) {
          assertThat(client.reads("here")).isTrue();
        }
      }
      try (Client third = new Client().get("/events")) {
        assertThat(third.reads("503")).isTrue();
      }
      try (Client silent = new Client()) {
        assertThat(silent.closes()).isTrue();
      }
      assertThat(one.closesWhileSending("", 3)).isFalse();
      other.hangUp();
      TestServer.result(gone.future());
      try (Client third = new Client().get("/events")) {
        assertThat(third.reads("200 OK")).isTrue();
      }
    }
  }

  @Test
  void listenersThatReadNothingLoseTheirPlaces() throws Exception {
    try (Client one = new Client().get("/flood");
        Client other = new Client().get("/flood")) {
      assertThat(one.socket.isConnected()).isEqualTo(other.socket.isConnected());
      assertThat(dropped.await(30, TimeUnit.SECONDS)).isTrue();
      try (Client third = new Client().get("/events")) {
        assertThat(third.reads("200 OK")).isTrue();
      }
    }
  }

  @Test
  void whoseStreamHasEndedListensNoMore() throws Exception {
    try (Client one = new Client().get("/ended");
        Client other = new Client().get("/ended")) {
      assertThat(one.reads("ended")).isTrue();
      assertThat(other.reads("ended")).isTrue();
      try (Client third = new Client().get("/events")) {
        assertThat(third.reads("200 OK")).isTrue();
      }
      assertThat(one.closes()).isTrue();
    }
  }

  /** The rate at which a full buffer is seen to be taken is low enough for slow networks. */
  @ParameterizedTest
  @ValueSource(strings = {"/file", "/memory"})
  void whoTakesLittleMoreThanTheBufferWithinThePatienceIsKept(String path) throws Exception {
    int step = 1 << 14;
    int steps = ClientConnections.SEND_BUFFER_BYTES * 2 / step;
    try (Client slow = new Client(step).get(path)) {
      for (int i = 0; i < 5 * steps; i++) {
        TestServer.result(vertx.timer(PATIENCE.toMillis() / steps, TimeUnit.MILLISECONDS));
        assertThat(slow.socket.getInputStream().readNBytes(step)).hasSize(step);
      }
      assertThat(taken.future().isComplete()).isFalse();
    }
  }

  @Test
  void nobodyIsWaitedForWhileTheServerHoldsTheBody() throws Exception {
    String head = "POST /held HTTP/1.1\r\nHost: lab\r\nContent-Length: 10\r\n\r\n";
    try (Client client = new Client().send(head + "x".repeat(10));
        Client silent = new Client()) {
      // Opened later, and out of time.
      assertThat(silent.closes()).isTrue();
      try (Client again = new Client()) {
        assertThat(again.closes()).isTrue();
      }
      work.complete();
      assertThat(client.reads("read")).isTrue();
    }
  }
}
