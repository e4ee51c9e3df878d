package org.bagnetlab.server.results.list;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.MeasuredRuns;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Groups the runs of a list by configuration, within a transaction. What counts in the means is the
 * same as in Table 1.
 *
 * @param tables the stored runs
 * @param known the trainings among them
 */
public record RunGrouping(Tables tables, MeasuredRuns known) {

  /**
   * The groups of runs, in the order of their first runs. Measurements of imported networks are
   * groups of one.
   *
   * @param runs the newest first
   */
  List<RunGroup> of(List<ListedRun> runs) {
    Map<Long, MeasuredRun> trainings =
        known.including(tables, runs.stream().map(ListedRun::id).toList()).stream()
            .collect(Collectors.toMap(MeasuredRun::job, Function.identity()));
    // A training that runs another one again checks its result, and is no result itself.
    Set<Long> counting =
        known.sound(tables, Optional.empty()).stream()
            .map(MeasuredRun::job)
            .collect(Collectors.toSet());
    Map<Object, List<ListedRun>> groups = new LinkedHashMap<>();
    for (ListedRun run : runs) {
      Object key =
          Optional.ofNullable(trainings.get(run.id()))
              .<Object>map(Configuration.Key::of)
              .orElse(run.id());
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
    }
    return groups.entrySet().stream()
        .map(
            group ->
                group.getKey() instanceof Configuration.Key
                    ? group(group.getValue(), trainings, counting)
                    : RunGroup.of(group.getValue().getFirst()))
        .toList();
  }

  private static RunGroup group(
      List<ListedRun> runs, Map<Long, MeasuredRun> trainings, Set<Long> counting) {
    return RunGroup.of(
        runs.stream().map(ListedRun::id).toList(),
        Configuration.of(
            runs.reversed().stream()
                .filter(run -> counting.contains(run.id()))
                .flatMap(run -> Optional.ofNullable(trainings.get(run.id())).stream())
                .toList()));
  }

  /** The group with its learning curve, which is read only for those that are shown. */
  RunGroup withCurve(RunGroup group) {
    List<List<EpochRow>> curves =
        group.counted().stream().map(run -> tables.runs().epochs(run)).toList();
    int epochs = curves.stream().mapToInt(List::size).min().orElse(0);
    return group.with(
        IntStream.range(0, epochs)
            .mapToObj(
                epoch ->
                    curves.stream()
                        .mapToDouble(curve -> curve.get(epoch).validationAccuracy())
                        .average()
                        .orElseThrow())
            .toList());
  }
}
