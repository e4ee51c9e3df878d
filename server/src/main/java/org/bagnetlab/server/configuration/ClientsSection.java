package org.bagnetlab.server.configuration;

import java.util.Optional;

/**
 * Limits of clients.
 *
 * @param perAddress maximum open connections from one address; all clients of a proxy on another
 *     machine share its address
 */
public record ClientsSection(Optional<Integer> perAddress) {

  /** Checks the number. */
  public ClientsSection {
    if (perAddress.filter(number -> number < 1).isPresent()) {
      throw new IllegalArgumentException("perAddress must be 1 or more");
    }
  }
}
