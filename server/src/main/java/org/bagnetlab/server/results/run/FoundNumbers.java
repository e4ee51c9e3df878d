package org.bagnetlab.server.results.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;

/**
 * The results of jobs that measured runs, for one output of an experiment.
 *
 * @param byRun the numbers of each run; for each position, the number measured last
 */
public record FoundNumbers(Map<Long, List<FoundNumber>> byRun) {

  /** A number with its position. */
  public record FoundNumber(ResultRow row, Map<String, String> axes) {

    /** The position on one of its axes. */
    public String at(Axis axis) {
      return String.valueOf(axes.get(axis.name()));
    }

    /** Whether it was measured on this set of images. */
    public boolean on(MeasuredSet set) {
      return row.set().equals(set.text());
    }

    /** The number. */
    public double value() {
      return row.value();
    }
  }

  /** Reads the numbers of an output for all runs. */
  public static FoundNumbers in(Tables tables, Output output) {
    return of(tables.results().ofRuns(output.name(), output.metric().name()));
  }

  /** Groups the results of one output. */
  public static FoundNumbers of(List<RunResultRow> found) {
    record Position(String set, Map<String, String> axes) {}
    Map<Long, Map<Position, FoundNumber>> byRun = new HashMap<>();
    found.stream()
        .sorted(Comparator.comparingLong(each -> each.result().job()))
        .forEach(
            each -> {
              ResultRow row = each.result();
              Map<String, String> axes = Facts.of(row.axes());
              byRun
                  .computeIfAbsent(each.run(), any -> new LinkedHashMap<>())
                  .put(new Position(row.set(), axes), new FoundNumber(row, axes));
            });
    Map<Long, List<FoundNumber>> lists = new HashMap<>();
    byRun.forEach((run, numbers) -> lists.put(run, List.copyOf(numbers.values())));
    return new FoundNumbers(lists);
  }

  /** The numbers of a run. */
  public List<FoundNumber> of(MeasuredRun run) {
    return byRun.getOrDefault(run.job(), List.of());
  }

  /** The number of a run on a set of images, for an output without axes. */
  public Optional<ResultRow> of(MeasuredRun run, MeasuredSet set) {
    return of(run).stream().filter(each -> each.on(set)).map(FoundNumber::row).findFirst();
  }
}
