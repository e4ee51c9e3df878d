package org.bagnetlab.server.notification.recipient;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Submits an e-mail once. Error messages are reworded, because those of a mail server may contain
 * addresses and the name of the account.
 */
final class MailSender {

  /** Mail servers let unknown clients wait, so they have more time than other services. */
  private static final int TIMEOUTS = 6;

  private static final String NO_SAFE_CONNECTION = "no safe connection could be made (TLS)";

  private MailSender() {}

  /**
   * Submits an e-mail. Blocks.
   *
   * @return why it was not accepted; empty if it was accepted
   */
  static Optional<String> send(Transport transport, MailServer server, MailMessage mail)
      throws InterruptedException {
    Duration timeout = transport.timeout().multipliedBy(TIMEOUTS);
    MailClient client = MailClient.create(transport.vertx(), config(server, transport.timeout()));
    try {
      client
          .sendMail(mail)
          .toCompletionStage()
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(reason(e.getCause() == null ? e : e.getCause(), server));
    } catch (TimeoutException e) {
      return Optional.of("no response within %d ms".formatted(timeout.toMillis()));
    } finally {
      client.close();
    }
  }

  private static MailConfig config(MailServer server, Duration timeout) {
    MailConfig config =
        new MailConfig(server.host(), server.port())
            .setKeepAlive(false)
            // Others send the password in other forms, and fail in turn if it is wrong.
            .setAuthMethods("PLAIN LOGIN")
            .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
            .setSsl(server.security() == MailSecurity.IMPLICIT)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setStarttls(
                switch (server.security()) {
                  case REQUIRED -> StartTLSOptions.REQUIRED;
                  case IMPLICIT, NONE -> StartTLSOptions.DISABLED;
                })
            .setLogin(server.login().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED);
    server
        .login()
        .ifPresent(login -> config.setUsername(login.user()).setPassword(login.password()));
    server
        .certificate()
        .ifPresent(
            file -> config.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    return config;
  }

  private static String reason(Throwable failure, MailServer server) {
    return switch (failure) {
      case SMTPException e -> refusal(e);
      case SSLException e -> NO_SAFE_CONNECTION;
      case UnknownHostException e -> "its host is unknown";
      case ConnectException e -> "connection refused";
      default ->
          failure.getCause() == null
              ? unnamed(failure, server)
              : reason(failure.getCause(), server);
    };
  }

  /** The client has no types for what is wrong before a message is submitted. */
  private static String unnamed(Throwable failure, MailServer server) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("STARTTLS")) {
      return "it offers no STARTTLS, which tls: required requires; if its port expects TLS from the"
          + " beginning, set tls: implicit";
    }
    if (message.contains("login") || message.contains("AUTH") || message.contains("authenticat")) {
      return server.login().isPresent()
          ? "it accepts no login with a password on this port"
          : "it requires a login: set user and password";
    }
    return "the connection was lost";
  }

  private static String refusal(SMTPException failure) {
    int code = failure.getReplyCode();
    return switch (code) {
      case 530 -> "it requires a login or TLS (530): set user and password, or tls";
      case 534, 535 -> "it did not accept user and password (%d)".formatted(code);
      case 550, 551, 553 ->
          "it did not accept the address of the sender or of a recipient (%d)".formatted(code);
      case 552 -> "the message is too large for it (552)";
      default -> "it responded with status " + code;
    };
  }
}
