package org.bagnetlab.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a user may do. */
public enum Role {
  /** See everything, change nothing. */
  VIEWER,

  /** Everything. */
  OPERATOR;

  /** The role in files, on the command line and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this text. */
  public static Optional<Role> find(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /** All of them, for messages. */
  public static String known() {
    return Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "));
  }
}
