package org.bagnetlab.server.configuration;

import java.util.Optional;
import org.bagnetlab.server.http.ClientLimits;

/**
 * Limits of clients; the defaults are in {@link ClientLimits}.
 *
 * @param perAddress maximum open connections from one address; all who come through a proxy on
 *     another machine share its address
 */
public record ClientsSection(Optional<Integer> perAddress) {

  static final ClientsSection STANDARD = new ClientsSection(Optional.empty());

  /** Checks the number. */
  public ClientsSection {
    int most = ClientLimits.standard().connections();
    if (perAddress.filter(number -> number < 1 || number > most).isPresent()) {
      throw new IllegalArgumentException("perAddress must be from 1 to %,d".formatted(most));
    }
  }

  /** The limits that these settings make of others. */
  public ClientLimits limits(ClientLimits otherwise) {
    return perAddress.map(otherwise::withPerAddress).orElse(otherwise);
  }
}
