package org.bagnetlab.server.results.digest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bagnetlab.server.results.list.ListedRun;

/**
 * The best new run of a network on a data set, next to the best before. Runs are chosen by their
 * accuracy on validation images, since the highest of several accuracies on test images would be
 * too high. Their settings may differ: this is no test of a difference.
 *
 * @param architecture name of the network
 * @param label its display name
 * @param dataset the data set
 * @param run id of the best new run
 * @param test its accuracy on test images
 * @param beforeRun id of the best earlier run; empty if there was none
 * @param before its accuracy on test images
 */
public record BestRun(
    String architecture,
    String label,
    String dataset,
    long run,
    double test,
    Optional<Long> beforeRun,
    Optional<Double> before) {

  private static final Comparator<ListedRun> BY_VALIDATION =
      Comparator.<ListedRun>comparingDouble(
              run -> run.validation().map(ListedRun.Accuracy::accuracy).orElse(-1.))
          .thenComparing(ListedRun::id, Comparator.reverseOrder());

  private record Network(String label, String architecture, String dataset)
      implements Comparable<Network> {

    private static final Comparator<Network> ORDER =
        Comparator.comparing(Network::label).thenComparing(Network::dataset);

    static Network of(ListedRun run) {
      return new Network(run.label(), run.architecture(), run.dataset().orElse(""));
    }

    @Override
    public int compareTo(Network other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The best runs of each network on each data set.
   *
   * @param all all runs of the lab
   * @param isNew the runs to choose the best from
   * @param begin other runs that ended before may be the best before
   */
  public static List<BestRun> of(List<ListedRun> all, Predicate<ListedRun> isNew, Instant begin) {
    List<ListedRun> sound =
        all.stream()
            .filter(run -> run.trained() && run.trouble().isEmpty() && run.test().isPresent())
            .toList();
    Map<Network, List<ListedRun>> earlier =
        sound.stream()
            .filter(isNew.negate().and(run -> run.endedAt().isBefore(begin)))
            .collect(Collectors.groupingBy(Network::of));
    Map<Network, List<ListedRun>> found =
        sound.stream()
            .filter(isNew)
            .collect(Collectors.groupingBy(Network::of, TreeMap::new, Collectors.toList()));
    return found.entrySet().stream()
        .map(
            entry ->
                of(
                    entry.getKey(),
                    entry.getValue().stream().max(BY_VALIDATION).orElseThrow(),
                    earlier.getOrDefault(entry.getKey(), List.of()).stream().max(BY_VALIDATION)))
        .toList();
  }

  private static BestRun of(Network network, ListedRun best, Optional<ListedRun> before) {
    return new BestRun(
        network.architecture(),
        network.label(),
        network.dataset(),
        best.id(),
        test(best),
        before.map(ListedRun::id),
        before.map(BestRun::test));
  }

  private static double test(ListedRun run) {
    return run.test().orElseThrow().accuracy();
  }
}
