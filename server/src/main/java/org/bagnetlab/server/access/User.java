package org.bagnetlab.server.access;

/**
 * The sender of a request.
 *
 * @param name of their token
 * @param role what they may do
 */
public record User(String name, Role role) {

  /** Any client of a server that listens on loopback only. */
  public static final User LOCAL = new User("local", Role.OPERATOR);
}
