package org.bagnetlab.server.http.guard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits requests a second by a token bucket for each sender. For one event loop.
 *
 * <p>A library would keep its buckets forever or in a cache with its own threads; this forgets
 * those that have not been used for longest.
 */
final class RequestRate {

  private static final int MOST_SENDERS = 10_000;

  private final double aSecond;
  private final double burst;
  private final LongSupplier nanoTime;

  private static final class Bucket {
    private double left;
    private long at;

    private Bucket(double left, long at) {
      this.left = left;
      this.at = at;
    }
  }

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_SENDERS;
        }
      };

  /**
   * Limits senders.
   *
   * @param aSecond requests, over a long time
   * @param burst requests at once
   */
  RequestRate(int aSecond, int burst, LongSupplier nanoTime) {
    this.aSecond = aSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /** Whether one more request of a sender is within the limit; then it counts. */
  boolean allows(String sender) {
    long now = nanoTime.getAsLong();
    @Nullable Bucket known = buckets.get(sender);
    Bucket bucket = known == null ? new Bucket(burst, now) : known;
    if (known == null) {
      buckets.put(sender, bucket);
    }
    double seconds = (double) (now - bucket.at) / Duration.ofSeconds(1).toNanos();
    bucket.left = Math.min(burst, bucket.left + seconds * aSecond);
    bucket.at = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left -= 1;
    return true;
  }

  /** How many senders are remembered. */
  int senders() {
    return buckets.size();
  }
}
