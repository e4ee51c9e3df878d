package org.bagnetlab.server.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.notification.recipient.Mail;
import org.bagnetlab.server.notification.recipient.MailLogin;
import org.bagnetlab.server.notification.recipient.MailSecurity;
import org.bagnetlab.server.notification.recipient.MailServer;

/**
 * Messages by e-mail.
 *
 * @param host name of the mail server
 * @param port its port; by default, that of the protection
 * @param tls how the connection is protected; by STARTTLS by default
 * @param certificate PEM file with the certificate of the server's authority, if it is not public
 * @param user name of the account that submits messages, if the server requires a login
 * @param password its password
 * @param from address of the sender
 * @param to addresses of the recipients
 * @param events the events to notify about; all by default
 */
record MailSection(
    Optional<String> host,
    Optional<Integer> port,
    Optional<MailSecurity> tls,
    Optional<Path> certificate,
    Optional<String> user,
    Optional<String> password,
    Optional<String> from,
    Optional<List<String>> to,
    Optional<List<String>> events) {

  Mail mail() {
    return new Mail(
        server(),
        from.orElseThrow(() -> new IllegalArgumentException("mail needs an address in from")),
        to.orElse(List.of()),
        NoticeEvents.of(events));
  }

  private MailServer server() {
    certificate.ifPresent(
        file -> {
          if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the certificate %s cannot be read".formatted(file));
          }
        });
    MailSecurity security = tls.orElse(MailSecurity.REQUIRED);
    return new MailServer(
        host.orElseThrow(() -> new IllegalArgumentException("mail needs a host")),
        port.orElse(
            switch (security) {
              case REQUIRED -> 587;
              case IMPLICIT -> 465;
              case NONE -> 25;
            }),
        security,
        certificate,
        login());
  }

  private Optional<MailLogin> login() {
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException("user and password belong together");
    }
    return user.flatMap(name -> password.map(secret -> new MailLogin(name, secret)));
  }
}
