package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;

/**
 * Says what the compared networks show, and no more than their intervals and corrected tests allow:
 * what scrambling costs each network or, of accuracies, what each larger receptive field changes;
 * and which of these networks are told apart.
 */
final class DifferenceConclusions {

  /** More pairs than these are only counted. */
  private static final int NAMED_PAIRS = 4;

  private final Measure measure;
  private final int grid;
  private final Networks networks;

  private DifferenceConclusions(Measure measure, int grid, Networks networks) {
    this.measure = measure;
    this.grid = grid;
    this.networks = networks;
  }

  /**
   * The sentences.
   *
   * @param studied networks that have the measure, in the order of Table 1
   * @param pairs their pairs, with corrected p-values
   */
  static List<String> of(
      Measure measure,
      int grid,
      List<StudiedNetwork> studied,
      List<Differences.Pair> pairs,
      Networks networks) {
    DifferenceConclusions conclusions = new DifferenceConclusions(measure, grid, networks);
    return measure == Measure.SCRAMBLING_LOSS
        ? conclusions.losses(studied, pairs)
        : conclusions.steps(studied, pairs);
  }

  private List<String> losses(List<StudiedNetwork> studied, List<Differences.Pair> pairs) {
    if (studied.isEmpty()) {
      return List.of();
    }
    String of =
        studied.stream()
            .map(network -> "of %s by %s".formatted(label(network), loss(network)))
            .collect(Collectors.joining(", "));
    String scope =
        studied.stream().anyMatch(network -> network.bySeed().size() == 1)
            ? " The interval of a single run is over its images, without variation between seeds."
            : "";
    return Stream.concat(
            Stream.of(
                "Scrambling %d x %d tiles lowers the test accuracy %s.%s"
                    .formatted(grid, grid, of, scope)),
            apart(pairs).stream())
        .toList();
  }

  /** For example: 21.3 points (95 % 15.1 to 27.5). Of two seeds, each value, as they have none. */
  private String loss(StudiedNetwork network) {
    List<Map<String, Double>> bySeed =
        network.bySeed().values().stream()
            .map(measure::of)
            .filter(losses -> !losses.isEmpty())
            .toList();
    PairedDifference loss = PairedDifference.ofOne(bySeed);
    return "%s points (%s)"
        .formatted(
            number(loss.difference()),
            loss.low()
                .flatMap(low -> loss.high().map(high -> new Interval(low, high)))
                .map(each -> "95 %% %s to %s".formatted(number(each.low()), number(each.high())))
                .orElseGet(
                    () ->
                        "seeds "
                            + loss.bySeed().stream()
                                .map(DifferenceConclusions::number)
                                .collect(Collectors.joining(", "))));
  }

  /** What each larger receptive field changes, from the smallest on. */
  private List<String> steps(List<StudiedNetwork> studied, List<Differences.Pair> pairs) {
    List<StudiedNetwork> byField =
        studied.stream()
            .filter(network -> field(network) < Integer.MAX_VALUE)
            .sorted(Comparator.comparingInt(this::field))
            .toList();
    List<Differences.Pair> steps = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (int i = 1; i < byField.size(); i++) {
      String smaller = byField.get(i - 1).architecture();
      String larger = byField.get(i).architecture();
      for (Differences.Pair pair : pairs) {
        if (List.of(smaller, larger).contains(pair.first())
            && List.of(smaller, larger).contains(pair.second())) {
          steps.add(pair);
          sentences.add(pair.first().equals(larger) ? pair.sentence() : pair.reversed());
        }
      }
    }
    sentences.addAll(apart(steps));
    return sentences;
  }

  /** Which of some networks are told apart. Nothing if there are no pairs. */
  private List<String> apart(List<Differences.Pair> pairs) {
    List<String> alike =
        pairs.stream()
            .filter(pair -> !pair.significant())
            .map(
                pair ->
                    "%s and %s"
                        .formatted(networks.label(pair.first()), networks.label(pair.second())))
            .toList();
    int seeds = pairs.stream().mapToInt(pair -> pair.seeds().size()).max().orElse(0);
    if (pairs.isEmpty()) {
      return List.of();
    }
    if (alike.isEmpty()) {
      return List.of(
          pairs.size() == 1
              ? "The two networks are told apart: the corrected p is at most 5 %."
              : "Each two of these networks are told apart: every corrected p is at most 5 %.");
    }
    if (alike.size() == pairs.size()) {
      return List.of(
          seeds == 1
              ? "With one seed of each network, no two of them are told apart: other seeds may differ."
              : "These numbers do not tell the networks apart: no corrected p over common seeds is at most 5 %.");
    }
    return List.of(
        "%d of %d pairs of networks are told apart by a corrected p of at most 5 %%%s."
            .formatted(
                pairs.size() - alike.size(),
                pairs.size(),
                alike.size() <= NAMED_PAIRS
                    ? "; not told apart are " + String.join(", ", alike)
                    : ""));
  }

  private int field(StudiedNetwork network) {
    return networks
        .receptiveField(network.architecture(), network.configuration().spec().imageSize())
        .orElse(Integer.MAX_VALUE);
  }

  private String label(StudiedNetwork network) {
    return networks.label(network.architecture());
  }

  /** A difference in points, with a minus sign rather than a hyphen. */
  private static String number(double share) {
    String words = String.format(Locale.ROOT, "%.1f", 100 * share);
    return words.equals("-0.0") ? "0.0" : words.replace('-', '−');
  }
}
