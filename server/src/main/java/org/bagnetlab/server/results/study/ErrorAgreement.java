package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.statistics.ErrorConsistency;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.vision.correlation.Correlation;

/**
 * Whether the networks of a setting fail on the same classes and the same test images.
 *
 * @param chosen the setting
 * @param classes the classes of which every network has test images
 * @param networks the networks that stored their predictions, in the order of Table 1
 * @param pairs all pairs of networks that have a seed in common
 */
public record ErrorAgreement(
    @JsonUnwrapped ChosenSetting chosen,
    List<String> classes,
    List<Network> networks,
    List<Pair> pairs)
    implements ChosenSetting.View {

  /** Minimum number of classes for a correlation, since any two points lie on a line. */
  private static final int FEWEST_CLASSES = 3;

  /**
   * A compared network.
   *
   * @param runs the runs whose predictions are stored
   * @param accuracy accuracy on test images, mean over the runs
   * @param classAccuracies recall of each class on test images, mean over the runs, in the order of
   *     the classes
   * @param ceiling agreement among its own runs, which have different seeds; absent if it has only
   *     one run
   */
  record Network(
      String architecture,
      String label,
      Optional<Integer> receptiveField,
      List<Long> runs,
      double accuracy,
      List<Double> classAccuracies,
      Optional<Agreement> ceiling) {}

  /**
   * The agreement of two networks, over their runs.
   *
   * @param errors agreement on which images they get wrong
   * @param logitCorrelation Pearson correlation of logits over images and classes, mean over the
   *     pairs of runs; absent if logits were not stored
   */
  record Agreement(@JsonUnwrapped ErrorConsistency errors, Optional<Double> logitCorrelation) {}

  /**
   * The agreement of two networks by class and by image.
   *
   * @param pearson Pearson correlation of their accuracies over the classes; absent with fewer than
   *     three classes, or if all classes are equally hard for one of the networks
   * @param spearman rank correlation of the same accuracies
   * @param sentence the agreement in words
   */
  record Pair(
      String first,
      String second,
      @JsonUnwrapped Agreement agreement,
      Optional<Double> pearson,
      Optional<Double> spearman,
      String sentence) {}

  /** A configuration with the predictions of its runs, by seed, and their logits. */
  private record Studied(
      Configuration configuration,
      SortedMap<Long, TestPredictions> bySeed,
      Map<Long, CentredLogits> logits) {

    static Studied of(Configuration configuration, Map<Long, TestPredictions> predictions) {
      SortedMap<Long, TestPredictions> bySeed = configuration.bySeed(predictions);
      bySeed.values().removeIf(found -> found.byImage().isEmpty());
      Map<Long, CentredLogits> logits = new HashMap<>();
      bySeed.forEach((seed, found) -> logits.put(seed, CentredLogits.of(found)));
      return new Studied(configuration, bySeed, logits);
    }

    String architecture() {
      return configuration.spec().architecture();
    }

    double accuracy() {
      return Interval.mean(
          bySeed.values().stream()
              .map(run -> Interval.mean(List.copyOf(run.hits().values())))
              .toList());
    }

    /** The recall of each class, mean over the runs that have images of the class. */
    Map<String, Double> recalls() {
      return bySeed.values().stream()
          .flatMap(run -> run.recalls().entrySet().stream())
          .collect(
              Collectors.groupingBy(
                  Map.Entry::getKey,
                  LinkedHashMap::new,
                  Collectors.averagingDouble(Map.Entry::getValue)));
    }

    List<Map<String, Double>> hits(Set<Long> seeds) {
      return seeds.stream().map(seed -> Objects.requireNonNull(bySeed.get(seed)).hits()).toList();
    }

    CentredLogits logits(long seed) {
      return Objects.requireNonNull(logits.get(seed));
    }
  }

  /**
   * The agreement of a setting's networks.
   *
   * @param group the runs of the setting; empty if there are no runs
   * @param predictions predictions of its runs, by run; runs that stored none are missing
   */
  public static ErrorAgreement of(
      ChosenSetting chosen,
      Optional<Setting.Group> group,
      Map<Long, TestPredictions> predictions,
      Networks networks) {
    List<Studied> studied =
        group.map(Setting.Group::configurations).orElse(List.of()).stream()
            .map(configuration -> Studied.of(configuration, predictions))
            .filter(network -> !network.bySeed().isEmpty())
            .toList();
    List<Map<String, Double>> recalls = studied.stream().map(Studied::recalls).toList();
    List<String> classes = common(recalls);
    List<Network> rows = new ArrayList<>();
    for (int i = 0; i < studied.size(); i++) {
      rows.add(network(studied.get(i), accuracies(recalls.get(i), classes), networks));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        Network first = rows.get(i);
        Network second = rows.get(j);
        between(studied.get(i), studied.get(j))
            .map(agreement -> pair(first, second, agreement))
            .ifPresent(pairs::add);
      }
    }
    return new ErrorAgreement(chosen, classes, rows, pairs);
  }

  private static List<String> common(List<Map<String, Double>> recalls) {
    Set<String> classes = new LinkedHashSet<>();
    recalls.stream().findFirst().ifPresent(first -> classes.addAll(new TreeSet<>(first.keySet())));
    recalls.forEach(each -> classes.retainAll(each.keySet()));
    return List.copyOf(classes);
  }

  private static List<Double> accuracies(Map<String, Double> recalls, List<String> classes) {
    return classes.stream().map(name -> Objects.requireNonNull(recalls.get(name))).toList();
  }

  private static Network network(Studied network, List<Double> classAccuracies, Networks networks) {
    Set<Long> seeds = network.bySeed().keySet();
    return new Network(
        network.architecture(),
        networks.label(network.architecture()),
        networks.receptiveField(network.architecture(), network.configuration().spec().imageSize()),
        network.bySeed().values().stream().map(TestPredictions::run).toList(),
        network.accuracy(),
        classAccuracies,
        ErrorConsistency.ofItself(network.hits(seeds))
            .map(errors -> new Agreement(errors, logitCorrelation(network, network, seeds))));
  }

  private static Optional<Agreement> between(Studied first, Studied second) {
    Set<Long> seeds = new TreeSet<>(first.bySeed().keySet());
    seeds.retainAll(second.bySeed().keySet());
    return ErrorConsistency.between(first.hits(seeds), second.hits(seeds))
        .map(errors -> new Agreement(errors, logitCorrelation(first, second, seeds)));
  }

  /** The mean correlation over the same pairs of runs for which errors are compared. */
  private static Optional<Double> logitCorrelation(Studied first, Studied second, Set<Long> seeds) {
    List<Double> correlations = new ArrayList<>();
    for (long one : seeds) {
      for (long other : seeds) {
        if (one != other || seeds.size() == 1) {
          Optional<Double> found = first.logits(one).correlation(second.logits(other));
          if (found.isEmpty()) {
            return Optional.empty();
          }
          correlations.add(found.get());
        }
      }
    }
    return Optional.of(Interval.mean(correlations));
  }

  private static Pair pair(Network first, Network second, Agreement agreement) {
    double[] ofFirst = values(first.classAccuracies());
    double[] ofSecond = values(second.classAccuracies());
    boolean enough = ofFirst.length >= FEWEST_CLASSES;
    return new Pair(
        first.architecture(),
        second.architecture(),
        agreement,
        enough ? Correlation.pearson(ofFirst, ofSecond) : Optional.empty(),
        enough ? Correlation.spearman(ofFirst, ofSecond) : Optional.empty(),
        ErrorAgreementSentence.of(first, second, agreement.errors()));
  }

  private static double[] values(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The network of this name. */
  Optional<Network> network(String architecture) {
    return networks.stream().filter(each -> each.architecture().equals(architecture)).findFirst();
  }
}
