package org.bagnetlab.server.http.connection;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells clients apart by where they are. */
public final class ClientAddress {

  /** A host has all IPv6 addresses that begin with the same bytes. */
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** Where a client is, without its port. Several people may be behind it. */
  public static String of(@Nullable SocketAddress remote) {
    String host = remote == null ? "" : String.valueOf(remote.hostAddress());
    byte @Nullable [] bytes =
        host.contains(":") ? NetUtil.createByteArrayFromIpAddressString(host) : null;
    return bytes == null ? host : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
  }
}
