package org.bagnetlab.server.results.run;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.MeasuredSet;

/** Finds the best run of each configuration. Its network is always kept. */
public final class BestRuns {

  private BestRuns() {}

  /**
   * Finds the best runs.
   *
   * @param all trainings that succeeded, the oldest first
   * @param there trainings whose network still exists; only these are returned
   * @return for each configuration the run with the highest accuracy on validation images, the
   *     oldest if several are equal; and in addition all runs without this accuracy, since they may
   *     be the best
   */
  public static Set<Long> of(List<MeasuredRun> all, Set<Long> there) {
    List<MeasuredRun> runs = all.stream().filter(run -> there.contains(run.job())).toList();
    Set<Long> best = new HashSet<>();
    for (MeasuredRun run : runs) {
      if (run.measurement(MeasuredSet.VALIDATION).isEmpty()) {
        best.add(run.job());
      }
    }
    // Includes all runs of the same seed: a training that was run again may be worse than before.
    Map<Configuration.Key, List<MeasuredRun>> measured =
        runs.stream()
            .filter(run -> run.measurement(MeasuredSet.VALIDATION).isPresent())
            .collect(Collectors.groupingBy(Configuration.Key::of));
    for (List<MeasuredRun> alike : measured.values()) {
      alike.stream()
          .max(
              Comparator.comparingDouble(BestRuns::accuracy)
                  .thenComparing(MeasuredRun::job, Comparator.reverseOrder()))
          .ifPresent(run -> best.add(run.job()));
    }
    return best;
  }

  private static double accuracy(MeasuredRun run) {
    return run.measurement(MeasuredSet.VALIDATION).orElseThrow().value();
  }
}
