package org.bagnetlab.server.results.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.storage.database.Tables;

/**
 * The trainings that succeeded, as far as they count as results, and those that a view leaves out.
 *
 * @param runs those that count, the oldest first
 * @param troubled those left out because of a {@link Trouble}
 * @param trials those left out because they are trials of searches. A trial counts like any other
 *     training once its configuration was trained outside of searches, too, for instance with
 *     further seeds.
 */
public record CountedRuns(
    List<MeasuredRun> runs, List<MeasuredRun> troubled, List<MeasuredRun> trials) {

  /** The trainings on a data set, or on any data set. */
  public static CountedRuns of(
      Tables tables, MeasuredRuns runs, Counted counted, Optional<String> dataset) {
    return of(
        runs.all(tables, dataset),
        counted.trials() ? Set.of() : tables.trials().onlyTrials(),
        counted);
  }

  static CountedRuns of(List<MeasuredRun> all, Set<Long> onlyTrials, Counted counted) {
    Set<Configuration.Key> studied =
        (onlyTrials.isEmpty() ? Stream.<MeasuredRun>empty() : all.stream())
            .filter(run -> !onlyTrials.contains(run.job()))
            // A further seed that is left out does not balance the trial, which was chosen.
            .filter(run -> counted.troubled() || run.trouble().isEmpty())
            .map(Configuration.Key::of)
            .collect(Collectors.toSet());
    List<MeasuredRun> runs = new ArrayList<>();
    List<MeasuredRun> troubled = new ArrayList<>();
    List<MeasuredRun> trials = new ArrayList<>();
    for (MeasuredRun run : all) {
      if (onlyTrials.contains(run.job()) && !studied.contains(Configuration.Key.of(run))) {
        trials.add(run);
      } else if (!counted.troubled() && run.trouble().isPresent()) {
        troubled.add(run);
      } else {
        runs.add(run);
      }
    }
    return new CountedRuns(runs, troubled, trials);
  }

  /** Why a run is left out, as an error message; empty if it is not. */
  public Optional<String> refusal(long run, Networks networks) {
    return LeftOut.of(troubled, networks).stream()
        .filter(each -> each.run() == run)
        .map(LeftOut::refusal)
        .findFirst()
        .or(
            () ->
                trials.stream()
                    .filter(each -> each.job() == run)
                    .map(
                        each ->
                            "Run %d is left out, since it is a trial of a search. With trials=true it counts."
                                .formatted(run))
                    .findFirst());
  }

  /**
   * Notes for tables on what is left out.
   *
   * @param troubled trainings with a trouble
   * @param trials number of trials
   */
  public static List<String> notes(List<LeftOut> troubled, int trials) {
    return Stream.concat(
            LeftOut.note(troubled).stream(),
            trials == 0
                ? Stream.empty()
                : Stream.of(
                    trials == 1
                        ? "1 trial of a search is left out."
                        : "%d trials of searches are left out.".formatted(trials)))
        .toList();
  }
}
