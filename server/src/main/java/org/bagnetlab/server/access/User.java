package org.bagnetlab.server.access;

/**
 * The sender of a request.
 *
 * @param name name of the user's token
 * @param role what the user may do
 */
public record User(String name, Role role) {

  /** Any client of a server that listens on loopback only. */
  public static final User LOCAL = new User("local", Role.OPERATOR);
}
