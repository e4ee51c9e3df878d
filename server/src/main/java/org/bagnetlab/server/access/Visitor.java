package org.bagnetlab.server.access;

/**
 * Somebody who sends requests.
 *
 * @param name of their token
 * @param role what they may do
 */
public record Visitor(String name, Role role) {

  /** Whoever reaches a server that listens on loopback only. */
  public static final Visitor LOCAL = new Visitor("local", Role.OPERATOR);
}
