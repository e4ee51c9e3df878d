package org.bagnetlab.server.notification;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often a notification is retried, and its result is stored.
 *
 * @param pauses before the second attempt, the third, and so on; after the last it is given up
 * @param patience with an answer
 * @param afterDefect time before the database is used again after that failed
 */
public record Retries(List<Duration> pauses, Duration patience, Duration afterDefect) {

  /** Copies the list. */
  public Retries {
    pauses = List.copyOf(pauses);
  }

  /** Five attempts in ten minutes, with delays growing by a factor of about four. */
  public static Retries standard() {
    return new Retries(
        List.of(
            Duration.ofSeconds(8),
            Duration.ofSeconds(32),
            Duration.ofMinutes(2),
            Duration.ofMinutes(8)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }

  /** The delay after this many failed attempts; empty: give up. */
  Optional<Duration> pause(int attempts) {
    return attempts <= pauses.size() ? Optional.of(pauses.get(attempts - 1)) : Optional.empty();
  }
}
