package org.bagnetlab.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The permissions of a user. */
public enum Role {
  /** May read everything, but change nothing. */
  VIEWER,

  /** May do everything. */
  OPERATOR;

  /** The role in files, on the command line and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this text. */
  public static Optional<Role> find(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /** The texts of all roles, for error messages. */
  public static String known() {
    return Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "));
  }
}
