package org.bagnetlab.server.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.storage.notice.DeliveryRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpSenderTests {

  private static Optional<String> send(String url) throws InterruptedException {
    Webhook webhook = Webhook.of(url, "between you and me", Set.of(NoticeKind.NEEDS_HELP));
    DeliveryRow notice = new DeliveryRow("1", webhook.id(), "test", "{}", Instant.EPOCH);
    Duration timeout = Duration.ofSeconds(20);
    Vertx vertx = Vertx.vertx();
    try (Transport transport = Transport.of(vertx, timeout)) {
      return webhook.send(notice, transport);
    } finally {
      TestServer.result(vertx.close());
    }
  }

  @Test
  void aReasonDoesNotShowTheAddress() throws Exception {
    assertThat(send("http://lab.invalid/KEY")).contains("its host is unknown");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      // Kept open: to close with an unread part of the client's hello would reset the connection.
      Thread plain =
          Thread.startVirtualThread(() -> answer(server, "HTTP/1.1 400 Bad\r\n\r\n", true));
      // The client reports which it notices first.
      assertThat(send("https://127.0.0.1:%d/KEY".formatted(server.getLocalPort())).orElseThrow())
          .isIn("no safe connection could be made (TLS)", "the connection was lost (IOException)");
      plain.join();
      Thread closing = Thread.startVirtualThread(() -> answer(server, ""));
      assertThat(send("http://127.0.0.1:%d/KEY".formatted(server.getLocalPort())))
          .contains("the connection was lost (IOException)");
      closing.join();
    }
  }

  @Test
  void aResponseWithoutEndIsNotRead() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String status = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
      Thread endless = Thread.startVirtualThread(() -> answer(server, status, true));
      assertThat(send("http://127.0.0.1:%d/".formatted(server.getLocalPort()))).isEmpty();
      endless.join();
    }
  }

  private static void answer(ServerSocket server, String response) {
    answer(server, response, false);
  }

  private static void answer(ServerSocket server, String response, boolean keptOpen) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      byte[] request = new byte[1000];
      int read = socket.getInputStream().read(request);
      out.write(response.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      while (keptOpen && read >= 0) {
        read = socket.getInputStream().read(request);
      }
    } catch (IOException e) {
      assertThat(keptOpen).isTrue(); // the client is gone
    }
  }
}
