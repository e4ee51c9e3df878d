package org.bagnetlab.server.importance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.sweep.SweepOutcomes;

/**
 * Which settings matter for the validation accuracy of a sweep's trainings on one data set:
 * permutation importance, on trainings that a forest was not fitted to.
 *
 * <p>Whether a setting matters at all is tested by shuffling the accuracies among the trainings,
 * which makes all settings unimportant. In each shuffle only the setting with the largest rise
 * counts, so that the level holds for all settings together.
 *
 * @param trainings number of trainings with a result
 * @param used number of trainings that the forests predict, at most {@link #MOST}
 * @param forest what the forests say; absent with fewer than {@link #FEWEST} trainings, or if they
 *     do not differ
 */
public record DatasetImportance(String dataset, int trainings, int used, Optional<Forest> forest) {

  /** With fewer trainings there is nothing to learn from. */
  public static final int FEWEST = 10;

  /** Maximum number of trainings: more take long, and say little more. */
  public static final int MOST = 200;

  /** With this many shuffles, the smallest p-value is 1 / 40. */
  private static final int SHUFFLES = 39;

  /** Up to this p-value, a setting is said to matter. */
  private static final double LEVEL = 0.05;

  private static final long SEED = 2;

  /**
   * What forests say.
   *
   * @param error their typical error for trainings that they were not fitted to, as a share of the
   *     images
   * @param errorOfMean that of the mean of the other trainings
   * @param settings the settings in which the trainings differ, the most important first
   */
  public record Forest(double error, double errorOfMean, List<Importance> settings) {}

  /**
   * The importance of a setting.
   *
   * @param setting its name in requests
   * @param label its label in forms
   * @param values number of its values among the trainings
   * @param rise by how much the typical error grows when its values are shuffled; at or below 0 if
   *     it says nothing
   * @param p share of shuffles of the accuracies in which some setting has at least this rise
   * @param matters whether that is at most 0.05
   */
  public record Importance(
      String setting, String label, int values, double rise, double p, boolean matters) {}

  /** The importance of the settings of trainings on one data set. */
  static DatasetImportance of(String dataset, List<SweepOutcomes.Outcome> outcomes) {
    List<SweepOutcomes.Outcome> used = some(outcomes);
    List<TrainSpec> trainings = used.stream().map(SweepOutcomes.Outcome::spec).toList();
    List<SettingColumns> settings = SettingColumns.differing(trainings);
    return new DatasetImportance(
        dataset,
        outcomes.size(),
        used.size(),
        used.size() < FEWEST || settings.isEmpty()
            ? Optional.empty()
            : Optional.of(
                forest(
                    settings,
                    used.stream().mapToDouble(SweepOutcomes.Outcome::accuracy).toArray())));
  }

  /** All of these trainings, or a random selection. */
  private static List<SweepOutcomes.Outcome> some(List<SweepOutcomes.Outcome> outcomes) {
    List<SweepOutcomes.Outcome> shuffled = new ArrayList<>(outcomes);
    Collections.shuffle(shuffled, new Random(SEED));
    return shuffled.subList(0, Math.min(MOST, shuffled.size()));
  }

  private static Forest forest(List<SettingColumns> settings, double[] accuracies) {
    HeldOutForest forest = new HeldOutForest(settings, accuracies.length);
    HeldOutForest.Errors errors = forest.errors(accuracies);
    Random random = new Random(SEED);
    double[] byChance =
        IntStream.range(0, SHUFFLES)
            .mapToDouble(any -> forest.errors(shuffled(accuracies, random)).largestRise())
            .toArray();
    return new Forest(
        errors.ofForest(),
        errors.ofMean(),
        IntStream.range(0, settings.size())
            .mapToObj(i -> importance(settings.get(i), errors.rise(i), byChance))
            .sorted(Comparator.comparingDouble(Importance::rise).reversed())
            .toList());
  }

  private static double[] shuffled(double[] accuracies, Random random) {
    List<Double> values = new ArrayList<>();
    for (double accuracy : accuracies) {
      values.add(accuracy);
    }
    Collections.shuffle(values, random);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Importance importance(SettingColumns setting, double rise, double[] byChance) {
    long atLeast = IntStream.range(0, byChance.length).filter(i -> byChance[i] >= rise).count();
    double p = (1.0 + atLeast) / (1 + byChance.length);
    return new Importance(setting.name(), setting.label(), setting.values(), rise, p, p <= LEVEL);
  }
}
