package org.bagnetlab.server.http.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a server and its key. Certificates are renewed every few weeks while the
 * server runs.
 *
 * @param certificate PEM file of the certificate, followed by the certificates that signed it
 * @param key PEM file of its private key, in PKCS #8 form
 */
public record TlsFiles(Path certificate, Path key) {

  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  /** The signature algorithm for each key algorithm. */
  private static final Map<String, String> SIGNING =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  PemKeyCertOptions options() {
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }

  /** The times when the files were last written. Blocks. */
  private List<FileTime> written() throws IOException {
    return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  /**
   * Reads the current files. Blocks.
   *
   * @throws GeneralSecurityException if the key does not match the certificate, as while only one
   *     of the two files has been renewed
   */
  private PemKeyCertOptions fitting() throws IOException, GeneralSecurityException {
    byte[] chain = Files.readAllBytes(certificate);
    byte[] secret = Files.readAllBytes(key);
    PublicKey published =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(chain))
            .getPublicKey();
    Matcher block = PRIVATE_KEY.matcher(new String(secret, StandardCharsets.US_ASCII));
    Optional<String> signing = Optional.ofNullable(SIGNING.get(published.getAlgorithm()));
    if (block.find() && signing.isPresent()) {
      Signature signature = Signature.getInstance(signing.get());
      signature.initSign(
          KeyFactory.getInstance(published.getAlgorithm())
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)))));
      signature.update(chain);
      byte[] signed = signature.sign();
      signature.initVerify(published);
      signature.update(chain);
      if (!signature.verify(signed)) {
        throw new InvalidKeyException("the key is not that of the certificate");
      }
    }
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(chain))
        .setKeyValue(Buffer.buffer(secret));
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
    var _ =
        vertx.setTimer(
            betweenLooks.toMillis(),
            timer ->
                Future.succeededFuture()
                    .compose(due -> vertx.executeBlocking(this::written))
                    .compose(
                        now ->
                            now.equals(known)
                                ? Future.succeededFuture(known)
                                : vertx
                                    .executeBlocking(this::fitting)
                                    .compose(
                                        options ->
                                            server.updateSSLOptions(
                                                new ServerSSLOptions().setKeyCertOptions(options),
                                                true))
                                    .map(now))
                    .onSuccess(now -> watch(vertx, server, betweenLooks, now))
                    .onFailure(
                        failure -> {
                          if (failure instanceof RejectedExecutionException) {
                            return; // The server is stopping.
                          }
                          // An incomplete renewal: one file is new, the other not yet.
                          LOG.warn("Cannot use the new certificate yet", failure);
                          watch(vertx, server, betweenLooks, known);
                        }));
  }
}
