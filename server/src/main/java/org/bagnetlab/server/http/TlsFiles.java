package org.bagnetlab.server.http;

import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/**
 * What a server proves its name with.
 *
 * @param certificate PEM file of the certificate, followed by those that signed it
 * @param key PEM file of its private key, in PKCS #8 form
 */
public record TlsFiles(Path certificate, Path key) {

  PemKeyCertOptions options() {
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }
}
