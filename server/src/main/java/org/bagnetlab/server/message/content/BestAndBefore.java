package org.bagnetlab.server.message.content;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bagnetlab.server.message.MessageNumbers.Best;
import org.bagnetlab.server.results.list.ListedRun;

/**
 * The best new run of a network on a data set, and the best before. Runs are chosen by their
 * accuracy on validation images, so that the accuracy on test images is not too high.
 *
 * @param best the best new run
 * @param before the best earlier run, if there is one
 */
record BestAndBefore(ListedRun best, Optional<ListedRun> before) {

  private static final Comparator<ListedRun> BY_VALIDATION =
      Comparator.<ListedRun>comparingDouble(
              run -> run.validation().map(ListedRun.Accuracy::accuracy).orElse(-1.))
          .thenComparing(ListedRun::id, Comparator.reverseOrder());

  private record Kind(String label, String architecture, String dataset)
      implements Comparable<Kind> {

    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::label).thenComparing(Kind::dataset);

    static Kind of(ListedRun run) {
      return new Kind(run.label(), run.architecture(), run.dataset().orElse(""));
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The best runs of each network on each data set.
   *
   * @param isNew the runs to choose the best from
   * @param begin runs that ended before may be the best before
   */
  static List<BestAndBefore> of(List<ListedRun> all, Predicate<ListedRun> isNew, Instant begin) {
    Predicate<ListedRun> counts =
        run -> run.trained() && run.trouble().isEmpty() && run.test().isPresent();
    Map<Kind, List<ListedRun>> found =
        all.stream()
            .filter(counts.and(isNew))
            .collect(Collectors.groupingBy(Kind::of, TreeMap::new, Collectors.toList()));
    return found.entrySet().stream()
        .map(
            runs ->
                new BestAndBefore(
                    runs.getValue().stream().max(BY_VALIDATION).orElseThrow(),
                    all.stream()
                        .filter(counts.and(isNew.negate()))
                        .filter(run -> Kind.of(run).equals(runs.getKey()))
                        .filter(run -> run.endedAt().isBefore(begin))
                        .max(BY_VALIDATION)))
        .toList();
  }

  /** The same for programs. */
  Best numbers() {
    return new Best(
        best.architecture(),
        best.dataset(),
        best.id(),
        accuracy(best),
        before.map(BestAndBefore::accuracy));
  }

  /** A line about both. */
  String sentence() {
    String on = best.dataset().map(" on %s"::formatted).orElse("");
    return "%s%s: the best run is %d with test accuracy %s; %s"
        .formatted(
            best.label(),
            on,
            best.id(),
            test(best),
            before
                .map(run -> "the best before was %d with %s.".formatted(run.id(), test(run)))
                .orElse("there was none before."));
  }

  private static String test(ListedRun run) {
    return "%.3f".formatted(accuracy(run));
  }

  private static double accuracy(ListedRun run) {
    return run.test().orElseThrow().accuracy();
  }
}
