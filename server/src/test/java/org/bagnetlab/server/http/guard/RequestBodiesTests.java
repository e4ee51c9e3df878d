package org.bagnetlab.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many send at once does not fill the server's memory. */
@Timeout(60)
class RequestBodiesTests {

  private static final String CONTINUE = "HTTP/1.1 100 Continue";

  @TempDir Path data;
  private final List<Socket> sockets = new ArrayList<>();

  /** The head of a request whose body has yet to come, once the server is ready for it. */
  private String begin(TestServer server, String length) throws IOException {
    return begin(server, "POST", length);
  }

  private String begin(TestServer server, String method, String length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort());
    sockets.add(socket);
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            """
            %s /api/v1/jobs HTTP/1.1
            Host: 127.0.0.1
            Expect: 100-continue
            Content-Type: application/json
            %s

            """
                .replace("\n", "\r\n")
                .formatted(method, length)
                .getBytes(StandardCharsets.UTF_8));
    return new String(
        socket.getInputStream().readNBytes(CONTINUE.length()), StandardCharsets.UTF_8);
  }

  /** The same, and so many bytes of the body, which does not end with them. */
  private void beginAndSend(TestServer server, String length, int bytes) throws IOException {
    assertThat(begin(server, length)).isEqualTo(CONTINUE);
    Socket socket = sockets.get(sockets.size() - 1);
    if (length.startsWith("Transfer")) {
      socket.getOutputStream().write("%x\r\n".formatted(bytes).getBytes(StandardCharsets.UTF_8));
    }
    socket.getOutputStream().write(new byte[bytes]);
  }

  @Test
  void takeOnlySoMuchMemoryInAllUntilTheirRequestsEnd() throws Exception {
    int most = Math.toIntExact(RequestBodies.MOST_AT_ONCE / RequestBodies.LARGEST);
    int largest = Math.toIntExact(RequestBodies.LARGEST);
    String large = "{\"kind\":\"%s\"}".formatted("x".repeat(1_000));
    try (TestServer server = new TestServer(data)) {
      for (int each = 0; each < most / 2; each++) {
        beginAndSend(server, "Content-Length: " + largest, largest - 1);
        beginAndSend(server, "Transfer-Encoding: chunked", largest);
      }
      beginAndSend(server, "Transfer-Encoding: chunked", most / 2);
      // Until the server has received all. A request with a body could displace what still comes.
      while (begin(server, "Content-Length: 1").equals(CONTINUE)) {
        sockets.remove(sockets.size() - 1).close();
      }
      HttpResponse<String> refused = server.post("/jobs", large);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("too-many-bodies", "64 MiB");
      assertThat(server.get("/api/v1/jobs").statusCode()).isEqualTo(200);
      HttpResponse<String> upload =
          server.send(
              "/api/v1/datasets?name=",
              HttpRequest.newBuilder()
                  .header("Content-Type", "application/octet-stream")
                  .POST(BodyPublishers.ofString("x")));
      assertThat(upload.statusCode()).isEqualTo(400);
      for (Socket each : sockets) {
        each.close();
      }
      while (server.post("/jobs", large).statusCode() != 400) {
        Thread.onSpinWait(); // until the server has noticed that they are gone
      }
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  /** Whoever announces much and sends little keeps nobody from changing anything. */
  @Test
  void countWhenTheyAreSentNotWhenTheyAreAnnounced() throws Exception {
    long most = RequestBodies.MOST_AT_ONCE / RequestBodies.LARGEST;
    try (TestServer server = new TestServer(data)) {
      for (int each = 0; each < 2 * most; each++) {
        beginAndSend(server, "Content-Length: " + RequestBodies.LARGEST, 100);
      }
      assertThat(server.post("/jobs", "{\"kind\":\"none\"}").statusCode()).isEqualTo(400);
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  /** Otherwise whoever may only read could keep all others from changing anything. */
  @Test
  void ofReadingRequestsTakeHardlyAnyMemory() throws Exception {
    try (TestServer server = new TestServer(data)) {
      long most = RequestBodies.MOST_AT_ONCE / RequestBodies.LARGEST;
      for (int each = 0; each < most; each++) {
        var _ = begin(server, "GET", "Transfer-Encoding: chunked");
      }
      assertThat(server.post("/jobs", "{\"kind\":\"none\"}").statusCode()).isEqualTo(400);
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }
}
