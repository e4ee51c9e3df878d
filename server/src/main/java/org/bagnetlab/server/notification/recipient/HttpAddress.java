package org.bagnetlab.server.notification.recipient;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * An address that notifications are sent to by HTTP. With many services it is a secret, so only its
 * host is ever shown.
 *
 * @param url the address
 */
public record HttpAddress(URI url) {

  private static final int LAST_PORT = 65_535;

  /** Checks the address. The message of the exception does not contain it. */
  public HttpAddress {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getPort() == 0
        || url.getPort() > LAST_PORT) {
      throw new IllegalArgumentException(
          "url must be an address such as https://example.org/hooks/lab");
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is invalid; the message does not contain it
   */
  public static HttpAddress of(String url) {
    try {
      return new HttpAddress(new URI(url));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url is not a valid address");
    }
  }

  /** The host, which is the only public part. */
  public String host() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return "%s://%s%s".formatted(url.getScheme(), url.getHost(), port);
  }

  @Override
  public String toString() {
    return host();
  }
}
