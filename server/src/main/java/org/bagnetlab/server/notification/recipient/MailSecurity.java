package org.bagnetlab.server.notification.recipient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the connection to a mail server is protected. */
public enum MailSecurity {
  /** By STARTTLS, without which nothing is sent. */
  REQUIRED,
  /** By TLS from its beginning, usually on port 465. */
  IMPLICIT,
  /** Not at all, for a server on the same machine. */
  NONE;

  /** The name used in the configuration. */
  @JsonValue
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
