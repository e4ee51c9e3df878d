package org.bagnetlab.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole server holds its clients to their limits. */
@Timeout(60)
class ConnectionLimitTests {

  @TempDir Path data;

  @Test
  void onePageTooManyIsRefusedAndTheOtherHearsOn() throws Exception {
    ClientLimits limits = new ClientLimits(20, 1, Duration.ofMinutes(1));
    try (TestServer server = new TestServer(TestServer.settings(data).with(limits));
        EventStream events = server.events("")) {
      HttpResponse<String> refused = server.get("/api/v1/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(Json.MAPPER.readTree(refused.body()).path("code").asText())
          .isEqualTo("too-many-listeners");
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
    }
  }

  @Test
  void aPageThatIsClosedMakesRoomForAnother() throws Exception {
    ClientLimits limits = new ClientLimits(20, 1, Duration.ofMinutes(1));
    try (TestServer server = new TestServer(TestServer.settings(data).with(limits))) {
      try (Socket first = listen(server)) {
        assertThat(status(first)).contains(" 200 ");
        try (Socket second = listen(server)) {
          assertThat(status(second)).contains(" 503 ");
        }
      }
      String status = "";
      while (!status.contains(" 200 ")) { // until the server has noticed
        try (Socket next = listen(server)) {
          status = status(next);
        }
      }
    }
  }

  private static Socket listen(TestServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String status(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
  }
}
