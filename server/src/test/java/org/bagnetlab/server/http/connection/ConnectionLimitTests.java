package org.bagnetlab.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
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
  void aSilentConnectionIsClosedAndAPageThatListensHearsOn() throws Exception {
    ClientLimits limits = new ClientLimits(20, 20, 1, Duration.ofMillis(500));
    try (TestServer server = new TestServer(TestServer.settings(data, limits));
        EventStream events = server.events("");
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.at("/").getPort())) {
      silent.setSoTimeout(30_000);
      assertThat(silent.getInputStream().read()).isNegative();
      HttpResponse<String> refused = server.get("/api/v1/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(Json.MAPPER.readTree(refused.body()).path("code").asText())
          .isEqualTo("too-many-listeners");
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
    }
  }
}
