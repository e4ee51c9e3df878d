package org.bagnetlab.server.mirror;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * An MLflow tracking server.
 *
 * @param url its address, which ends with a slash
 * @param token sent as a bearer token, if the server requires one
 */
public record MlflowAddress(URI url, Optional<String> token) {

  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  /** Checks the address. */
  public MlflowAddress {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "mlflow must be the address of a tracking server, such as http://127.0.0.1:5000");
    }
    // Neither here nor elsewhere does a message contain the token.
    if (token.stream().anyMatch(text -> !TOKEN.matcher(text).matches())) {
      throw new IllegalArgumentException("token must be one line of visible ASCII characters");
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is not the address of a server
   */
  public static MlflowAddress of(String url, Optional<String> token) {
    try {
      return new MlflowAddress(
          new URI(url.endsWith("/") ? url : url + "/"), token.map(String::strip));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "mlflow must be the address of a tracking server, such as http://127.0.0.1:5000");
    }
  }

  /** Identifies the server without revealing its address. */
  String id() {
    return Sha256.of(url.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "MLflow at " + url.getHost();
  }
}
