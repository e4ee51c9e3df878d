package org.bagnetlab.queue.device.nvidia;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last readings of each GPU, for charts of utilisation and temperature. Time is divided into
 * steps, each represented by its newest reading, so that memory is bounded regardless of the read
 * frequency; each point is a real reading with its own time. Gaps are kept.
 */
public final class GpuHistory {

  private final Duration kept;

  private final Duration step;

  private final Map<String, Deque<Point>> points = new HashMap<>();

  /**
   * An empty history.
   *
   * @param kept age of the oldest point, seen from the newest
   * @param step there is one point in each at most
   */
  public GpuHistory(Duration kept, Duration step) {
    if (kept.isNegative() || step.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "Invalid history: %s in steps of %s.".formatted(kept, step));
    }
    this.kept = kept;
    this.step = step;
  }

  /** A day, by the minute. */
  public static GpuHistory standard() {
    return new GpuHistory(Duration.ofDays(1), Duration.ofMinutes(1));
  }

  /**
   * Adds a reading.
   *
   * @param at when it was read. If that is before an earlier reading, the clock was set back, and
   *     the readings that are now in the future are dropped.
   */
  public synchronized void add(GpuStatus status, Instant at) {
    Deque<Point> line = points.computeIfAbsent(status.gpu().uuid(), uuid -> new ArrayDeque<>());
    while (!line.isEmpty() && replaces(at, line.getLast().at())) {
      line.removeLast();
    }
    line.addLast(new Point(at, status.reading()));
    forgetBefore(at.minus(kept));
  }

  private boolean replaces(Instant at, Instant last) {
    return !last.isBefore(at) || slot(last) == slot(at);
  }

  private long slot(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), step.toMillis());
  }

  /** Also drops GPUs without recent readings, which were removed from the machine. */
  private void forgetBefore(Instant oldest) {
    for (Deque<Point> line : points.values()) {
      while (!line.isEmpty() && line.getFirst().at().isBefore(oldest)) {
        line.removeFirst();
      }
    }
    points.values().removeIf(Deque::isEmpty);
  }

  /** The GPU's points, the oldest first; none if it was never read. */
  public synchronized List<Point> points(String uuid) {
    Deque<Point> line = points.get(uuid);
    return line == null ? List.of() : List.copyOf(line);
  }

  /** A reading and when it was taken. */
  public record Point(Instant at, GpuReading reading) {}
}
