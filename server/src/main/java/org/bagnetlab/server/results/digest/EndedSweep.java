package org.bagnetlab.server.results.digest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.storage.database.Tables;

/**
 * A sweep whose last job ended.
 *
 * @param sweep its name
 * @param counts number of its jobs by state, with pruned trials apart from cancelled jobs
 */
public record EndedSweep(String sweep, Map<String, Long> counts) {

  /** The sweeps that ended in a period. */
  static List<EndedSweep> in(Tables tables, Instant since, Instant until) {
    return tables.sweeps().all().stream()
        .filter(
            row ->
                row.endedAt().filter(at -> !at.isBefore(since) && at.isBefore(until)).isPresent())
        .map(row -> new EndedSweep(row.name(), SweepRows.counts(tables, row.name())))
        .toList();
  }

  /** For example: 1 failed, 6 succeeded. */
  public static String text(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "no jobs"
        : new TreeMap<>(counts)
            .entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
  }
}
