package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class EndpointTests {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.0.0.5, true",
    "0:0:0:0:0:0:0:1, true",
    "0.0.0.0, false",
    "0:0:0:0:0:0:0:0, false",
    "192.0.2.1, false"
  })
  void onlyOnANetworkAreAnAddressesConnectionsLimited(String host, boolean loopback) {
    Endpoint endpoint = new Endpoint(host, 0, Set.of(), true, Optional.empty());
    ClientLimits limits = endpoint.clientLimits();
    assertThat(limits).isEqualTo(loopback ? ClientLimits.onLoopback() : ClientLimits.standard());
    assertThat(limits.perAddress()).isEqualTo(loopback ? 3_000 : 256);
  }
}
