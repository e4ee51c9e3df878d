package org.bagnetlab.server.notification.recipient;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An SMTP server that messages are submitted to.
 *
 * @param host its name
 * @param port its port
 * @param security how the connection is protected
 * @param certificate PEM file with the certificate of its authority, if that is not a public one
 * @param login who submits messages, if the server requires a login
 */
public record MailServer(
    String host,
    int port,
    MailSecurity security,
    Optional<Path> certificate,
    Optional<MailLogin> login) {

  private static final int LAST_PORT = 65_535;

  /** Checks the address, and that a password is not sent to everyone on the network. */
  public MailServer {
    if (!host.matches("[A-Za-z0-9.:_-]{1,253}")) {
      throw new IllegalArgumentException("host must be the name of a mail server");
    }
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("port must be from 1 to %d".formatted(LAST_PORT));
    }
    if (security == MailSecurity.NONE && login.isPresent() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "tls: none would send the password readably over the network: remove user and password,"
              + " or set tls to required or implicit");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
