package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * Says what the compared networks show, and no more than their intervals and corrected tests allow:
 * what scrambling costs each network or, of accuracies, what each larger receptive field changes;
 * and which of these networks are told apart.
 */
final class DifferenceConclusions {

  /** More pairs than these are only counted. */
  private static final int NAMED_PAIRS = 4;

  private final int grid;
  private final Networks networks;

  private DifferenceConclusions(int grid, Networks networks) {
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
    DifferenceConclusions conclusions = new DifferenceConclusions(grid, networks);
    return measure == Measure.SCRAMBLING_LOSS
        ? conclusions.losses(studied, pairs)
        : conclusions.steps(studied, pairs);
  }

  private List<String> losses(List<StudiedNetwork> studied, List<Differences.Pair> pairs) {
    if (studied.isEmpty()) {
      return List.of();
    }
    List<Loss> losses = studied.stream().map(this::loss).toList();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Loss of test accuracy by scrambling %d × %d tiles, in points: %s."
            .formatted(
                grid, grid, losses.stream().map(Loss::words).collect(Collectors.joining(", "))));
    List<String> none =
        losses.stream()
            .filter(loss -> loss.interval().filter(each -> each.contains(0)).isPresent())
            .map(Loss::network)
            .toList();
    if (!none.isEmpty()) {
      sentences.add(
          "No loss is demonstrated for %s: the interval contains 0."
              .formatted(String.join(", ", none)));
    }
    if (losses.stream().anyMatch(loss -> loss.seeds().size() == 1)) {
      sentences.add(
          "The interval of a single run is over its images, without variation between seeds.");
    }
    sentences.addAll(apart(pairs, "pairs of networks"));
    return sentences;
  }

  /**
   * What scrambling costs a network, with an interval unless there are several seeds, but too few
   * for one.
   */
  private record Loss(
      String network, double mean, Optional<Interval> interval, List<Double> seeds) {

    /** For example: ResNet-50 21.3 (95 % 15.1 to 27.5). */
    String words() {
      String spread =
          interval
              .map(each -> "95 %% %s to %s".formatted(number(each.low()), number(each.high())))
              .orElseGet(
                  () ->
                      "seeds "
                          + seeds.stream()
                              .map(DifferenceConclusions::number)
                              .collect(Collectors.joining(", ")));
      return "%s %s (%s)".formatted(network, number(mean), spread);
    }
  }

  private Loss loss(StudiedNetwork network) {
    PairedDifference loss = network.scramblingLoss().orElseThrow();
    return new Loss(
        networks.label(network.architecture()), loss.difference(), loss.interval(), loss.bySeed());
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
    sentences.addAll(apart(steps, "steps"));
    return sentences;
  }

  /**
   * Which of some pairs of networks are told apart. Nothing if there are no pairs.
   *
   * @param what what the pairs are
   */
  private List<String> apart(List<Differences.Pair> pairs, String what) {
    List<Differences.Pair> alike = pairs.stream().filter(pair -> !pair.significant()).toList();
    int told = pairs.size() - alike.size();
    int seeds = pairs.stream().mapToInt(pair -> pair.seeds().size()).max().orElse(0);
    if (pairs.isEmpty()) {
      return List.of();
    }
    if (seeds == 1) {
      return List.of(
          "With one common seed, no two networks are told apart: other seeds may differ.");
    }
    if (seeds < SeedMean.FEWEST_SEEDS) {
      return List.of(
          "With %d common seeds there is no test, so no two networks are told apart."
              .formatted(seeds));
    }
    String named =
        alike.stream()
            .map(
                pair ->
                    "%s and %s"
                        .formatted(networks.label(pair.first()), networks.label(pair.second())))
            .collect(Collectors.joining(", "));
    return List.of(
        "Told apart, by a corrected p of at most 5 %%: %d of %d %s%s."
            .formatted(
                told,
                pairs.size(),
                what,
                alike.isEmpty() || alike.size() > NAMED_PAIRS ? "" : "; not " + named));
  }

  private int field(StudiedNetwork network) {
    return networks
        .receptiveField(network.architecture(), network.configuration().spec().imageSize())
        .orElse(Integer.MAX_VALUE);
  }

  /** A difference in points, with a minus sign rather than a hyphen. */
  private static String number(double share) {
    String words = String.format(Locale.ROOT, "%.1f", 100 * share);
    return words.equals("-0.0") ? "0.0" : words.replace('-', '−');
  }
}
