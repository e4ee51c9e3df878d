package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports that wait, whose client leaves, or that cannot be made. */
@Timeout(120)
class ExportRouteTests {

  private static final String PATH = "/exports?dataset=controlled-15";

  @TempDir Path data;
  TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Begins an export whose client sends a part of the body, and reads no response. */
  private Socket begun(String body, int bytes) throws IOException {
    Socket socket = new Socket();
    // Less than any response.
    socket.setReceiveBufferSize(1 << 12);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.at("/").getPort()));
    socket
        .getOutputStream()
        .write(
            "POST /api/v1%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(PATH, bytes, body)
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private HttpResponse<String> exported() throws Exception {
    return server.post(PATH, "{}");
  }

  /** Its figures are sent back, which is more than a connection holds that nobody reads. */
  @Test
  void anExportEndsWhenItsClientLeaves() throws Exception {
    String body =
        "{\"figures\": [{\"name\": \"comparison-test\", \"title\": \"\", \"svg\": \"%s\", \"png\": \"\"}]}"
            .formatted("x".repeat(15 << 20));
    List<Socket> running = new ArrayList<>();
    try {
      for (int i = 0; i < ExportRoute.MOST - 1; i++) {
        running.add(begun(body, body.length()));
      }
    } finally {
      for (Socket socket : running) {
        socket.close();
      }
    }
    assertThat(exported().body()).contains("\"path\":\"README.md\"");
  }

  @Test
  void aRequestThatIsTooLargeIsToldTheLimitOfExports() throws Exception {
    HttpResponse<String> response =
        server.post("/exports?dataset=controlled-15", " ".repeat(ExportRoute.LARGEST + 1));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("The figures are larger than 32 MiB together.");
  }

  @Test
  void aDataSetMustBeKnown() throws Exception {
    HttpResponse<String> response = server.post("/exports?dataset=scenes%3B%20rm", "{}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
    assertThat(response.body())
        .contains("There is no data set 'scenes; rm'. Known: ", "controlled-15, ");
    assertThat(server.post("/exports?dataset=fractals-10x20", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void aViewThatFailsEndsTheExportWithAReason() throws Exception {
    try (EventStream events = server.events("")) {
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
    }
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:%s;OPTIMIZE_REUSE_RESULTS=0"
                    .formatted(data.resolve("database/bagnetlab")),
                "sa",
                "");
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE epochs CASCADE");
    }
    HttpResponse<String> response = exported();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body().lines())
        .last()
        .asString()
        .isEqualTo(
            "{\"problem\":\"The view comparison could not be made; the server's log has the reason.\"}");
  }
}
