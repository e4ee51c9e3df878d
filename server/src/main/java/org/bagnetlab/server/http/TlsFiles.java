package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server proves its name with. Certificates are renewed while it runs, every few weeks.
 *
 * @param certificate PEM file of the certificate, followed by those that signed it
 * @param key PEM file of its private key, in PKCS #8 form
 */
public record TlsFiles(Path certificate, Path key) {

  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  PemKeyCertOptions options() {
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }

  /** When the files were last written. Blocks. */
  private List<FileTime> written() throws IOException {
    return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  /** Uses the files for new connections whenever they change, until the server ends. */
  public void watch(Vertx vertx, HttpServer server) {
    watch(vertx, server, BETWEEN_LOOKS);
  }

  void watch(Vertx vertx, HttpServer server, Duration betweenLooks) {
    vertx
        .executeBlocking(this::written)
        .onSuccess(first -> watch(vertx, server, betweenLooks, first))
        .onFailure(failure -> LOG.error("Cannot watch the certificate", failure));
  }

  private void watch(Vertx vertx, HttpServer server, Duration betweenLooks, List<FileTime> known) {
    long unused =
        vertx.setTimer(
            betweenLooks.toMillis(),
            timer ->
                vertx
                    .executeBlocking(this::written)
                    .compose(
                        now ->
                            now.equals(known)
                                ? Future.succeededFuture(known)
                                : server
                                    .updateSSLOptions(
                                        new ServerSSLOptions().setKeyCertOptions(options()), true)
                                    .map(now))
                    .onSuccess(now -> watch(vertx, server, betweenLooks, now))
                    .onFailure(
                        failure -> {
                          // Half a renewal: one file is there, the other not yet.
                          LOG.warn("Cannot use the new certificate yet", failure);
                          watch(vertx, server, betweenLooks, known);
                        }));
  }
}
