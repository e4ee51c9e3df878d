package org.bagnetlab.server.http.guard;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Limits the requests without a valid token that a client may send per minute. */
public final class LoginAttempts {

  /**
   * Maximum per client and minute. A browser without a token requests a page and its style sheet,
   * and retries.
   */
  public static final int MOST_A_MINUTE = 1_000;

  /**
   * Clients beyond this number in a minute count as one, since their addresses could exhaust
   * memory.
   */
  private static final int MOST_CLIENTS = 10_000;

  private static final String OTHERS = "";

  /** Length of an IPv6 network prefix: a host has all addresses with the same prefix. */
  private static final int NETWORK_BYTES = 8;

  static final Duration MINUTE = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final Map<String, Integer> attempts = new HashMap<>();
  private long begun;

  /** Creates a limiter whose first minute begins now. */
  LoginAttempts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** Counts an attempt, and returns whether it is within the limit. */
  boolean allows(String address) {
    long now = nanoTime.getAsLong();
    if (now - begun >= MINUTE.toNanos()) {
      begun = now;
      attempts.clear();
    }
    String client = client(address);
    boolean known = attempts.size() < MOST_CLIENTS || attempts.containsKey(client);
    return attempts.merge(known ? client : OTHERS, 1, Integer::sum) <= MOST_A_MINUTE;
  }

  private static String client(String address) {
    byte @Nullable [] bytes =
        address.contains(":") ? NetUtil.createByteArrayFromIpAddressString(address) : null;
    return bytes == null ? address : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
  }
}
