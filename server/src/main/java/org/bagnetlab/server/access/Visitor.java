package org.bagnetlab.server.access;

/**
 * The sender of a request.
 *
 * @param name of their token
 * @param role what they may do
 */
public record Visitor(String name, Role role) {

  /** Any client of a server that listens on loopback only. */
  public static final Visitor LOCAL = new Visitor("local", Role.OPERATOR);
}
