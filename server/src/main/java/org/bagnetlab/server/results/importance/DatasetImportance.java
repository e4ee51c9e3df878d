package org.bagnetlab.server.results.importance;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.server.statistics.MaximumTest;

/**
 * Which settings matter for the validation accuracy of a sweep's trainings on one data set:
 * permutation importance, for configurations that a forest was not fitted to. The trainings of a
 * configuration differ only in their seeds, or in which of several equal trainings they start from,
 * and count with their mean.
 *
 * @param fromRun whether the trainings start from runs
 * @param trainings number of trainings with a result
 * @param configurations number of different configurations; those with the same values of the
 *     settings that a search samples count as one
 * @param selected whether forests predict only {@link #MOST} configurations, randomly selected
 * @param forest what the forests say; absent with fewer than {@link #FEWEST} configurations
 */
public record DatasetImportance(
    String dataset,
    boolean fromRun,
    int trainings,
    int configurations,
    boolean selected,
    Optional<Forest> forest) {

  /** With fewer configurations there is nothing to learn from. */
  public static final int FEWEST = 10;

  /** Maximum number of configurations that are predicted: more take long, and say little more. */
  public static final int MOST = 200;

  private static final int SHUFFLES = 39;

  /** The smallest p-value that so many shuffles can give. */
  public static final double LEAST_P = 1.0 / (SHUFFLES + 1);

  /** Up to this p-value, a setting is said to matter. */
  private static final double LEVEL = 0.05;

  private static final long SELECTION_SEED = 2;

  private static final long SHUFFLING_SEED = 3;

  /**
   * What forests say.
   *
   * @param error their typical error for configurations that they were not fitted to, as a share of
   *     the images
   * @param errorOfMean that of the mean of the other configurations
   * @param settings the settings in which the configurations differ, the most important first;
   *     empty if the forests are no better than the mean
   */
  public record Forest(double error, double errorOfMean, List<Importance> settings) {}

  /**
   * The importance of a setting.
   *
   * @param setting its name in requests
   * @param label its label in forms
   * @param with labels of the settings that change only together with it
   * @param values number of its values
   * @param rise by how much the typical error grows when its values are shuffled
   * @param p p-value of the hypothesis that no setting matters, corrected for the number of
   *     settings
   * @param matters whether the error grows, and p is at most 0.05
   */
  public record Importance(
      String setting,
      String label,
      List<String> with,
      int values,
      double rise,
      double p,
      boolean matters) {}

  /**
   * The importance of the settings of trainings on one data set.
   *
   * @param sampled the settings whose values a search samples
   */
  static DatasetImportance of(
      String dataset, boolean fromRun, List<SweepOutcomes.Outcome> outcomes, Set<String> sampled) {
    Map<Settings, Double> accuracies =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.spec().ofAnyStartingRun().settings().identifying(),
                    LinkedHashMap::new,
                    Collectors.averagingDouble(SweepOutcomes.Outcome::accuracy)));
    List<Settings> configurations = some(List.copyOf(accuracies.keySet()));
    int[] groups = groups(configurations, sampled);
    int different = (int) IntStream.of(groups).distinct().count();
    List<SettingColumns> settings = SettingColumns.differing(configurations);
    return new DatasetImportance(
        dataset,
        fromRun,
        outcomes.size(),
        different,
        configurations.size() < accuracies.size(),
        different < FEWEST || settings.isEmpty()
            ? Optional.empty()
            : Optional.of(
                forest(
                    settings,
                    groups,
                    configurations.stream().mapToDouble(accuracies::get).toArray())));
  }

  private static List<Settings> some(List<Settings> configurations) {
    return configurations.size() <= MOST
        ? configurations
        : IntStream.of(HeldOutForest.shuffled(configurations.size(), new Random(SELECTION_SEED)))
            .limit(MOST)
            .mapToObj(configurations::get)
            .toList();
  }

  /**
   * Numbers the configurations, those with the same sampled values equally: from such values a
   * forest could recognise a configuration instead of learning from them.
   */
  private static int[] groups(List<Settings> configurations, Set<String> sampled) {
    Map<Object, Integer> numbers = new HashMap<>();
    return configurations.stream()
        .map(settings -> sampled.isEmpty() ? settings : sampledOf(settings, sampled))
        .mapToInt(key -> numbers.computeIfAbsent(key, any -> numbers.size()))
        .toArray();
  }

  private static Map<String, Object> sampledOf(Settings settings, Set<String> sampled) {
    Map<String, Object> values = new HashMap<>(settings.byName());
    values.keySet().retainAll(sampled);
    return values;
  }

  private static Forest forest(List<SettingColumns> settings, int[] groups, double[] accuracies) {
    HeldOutForest forest = new HeldOutForest(settings, groups);
    HeldOutForest.Errors errors = forest.errors(accuracies);
    if (errors.ofForest() >= errors.ofMean()) {
      return new Forest(errors.ofForest(), errors.ofMean(), List.of());
    }
    Random random = new Random(SHUFFLING_SEED);
    double[] rises = errors.rises();
    double[] p =
        MaximumTest.p(
            rises,
            IntStream.range(0, SHUFFLES)
                .mapToObj(any -> forest.errors(shuffled(accuracies, random)).rises())
                .toList());
    return new Forest(
        errors.ofForest(),
        errors.ofMean(),
        IntStream.range(0, settings.size())
            .mapToObj(i -> importance(settings.get(i), rises[i], p[i]))
            .sorted(Comparator.comparingDouble(Importance::rise).reversed())
            .toList());
  }

  private static double[] shuffled(double[] accuracies, Random random) {
    return IntStream.of(HeldOutForest.shuffled(accuracies.length, random))
        .mapToDouble(i -> accuracies[i])
        .toArray();
  }

  private static Importance importance(SettingColumns setting, double rise, double p) {
    return new Importance(
        setting.name(),
        setting.label(),
        setting.with(),
        setting.values(),
        rise,
        p,
        rise > 0 && p <= LEVEL);
  }
}
