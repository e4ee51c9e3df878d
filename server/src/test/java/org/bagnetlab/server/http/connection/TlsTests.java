package org.bagnetlab.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bagnetlab.server.SelfSigned;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTests {

  private static final Duration LOOK = Duration.ofMillis(20);

  @TempDir Path files;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    TestServer.result(vertx.close());
  }

  /** Looks at certificates, and does not rely on them. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static Certificate shown(HttpServer server) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(30_000);
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private HttpServer serving(TlsFiles tls) {
    return TestServer.result(
        new ClientConnections(vertx, ClientLimits.standard())
            .serve(request -> request.response().end(), Optional.of(tls))
            .listen(0, "127.0.0.1"));
  }

  /** A renewal writes one file before the other. */
  @Test
  void aKeyOfAnotherCertificateIsNotUsed() throws Exception {
    SelfSigned made = SelfSigned.in(files);
    TlsFiles tls = new TlsFiles(made.certificate(), made.key());
    HttpServer server = serving(tls);
    Certificate first = shown(server);
    tls.watch(vertx, server, LOOK);
    byte[] key = Files.readAllBytes(made.key());
    var _ = SelfSigned.in(files);
    byte[] newer = Files.readAllBytes(made.key());
    Files.write(made.key(), key);
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (System.nanoTime() < end) {
      Certificate ignored = shown(server);
    }
    Files.write(made.key(), newer);
    Certificate now = first;
    while (now.equals(first)) {
      now = shown(server);
    }
    assertThat(now).isNotEqualTo(first);
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
    SelfSigned made = SelfSigned.in(files);
    TlsFiles tls = new TlsFiles(made.certificate(), made.key());
    HttpServer server = serving(tls);
    Certificate first = shown(server);
    tls.watch(vertx, server, LOOK);
    Certificate now = first;
    // The watch may begin after the files have changed: then they change once more.
    while (now.equals(first)) {
      var _ = SelfSigned.in(files);
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (now.equals(first) && System.nanoTime() < end) {
        now = shown(server);
      }
    }
    assertThat(now).isNotEqualTo(first);
  }
}
