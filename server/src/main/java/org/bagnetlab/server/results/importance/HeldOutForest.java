package org.bagnetlab.server.results.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * Predicts the accuracies of configurations from their settings, with random forests (Breiman,
 * <i>Random forests</i>, Machine Learning 2001) that were fitted to other configurations.
 * Everything random is drawn from fixed seeds: equal accuracies give equal errors.
 */
final class HeldOutForest {

  private static final int FOLDS = 5;

  private static final int TREES = 30;

  private static final int DEPTH = 6;

  /** Nodes with fewer configurations are not split. */
  private static final float FEWEST_IN_NODE = 5;

  /** Share of the columns among which a split is chosen. */
  private static final float COLUMNS_OF_SPLIT = 0.6f;

  /** How often the value of a setting is replaced by that of another configuration. */
  private static final int REPLACEMENTS = 3;

  private static final long SEED = 1;

  /** Logs every tree otherwise. The reference is kept since the level would be lost with it. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  static {
    TRIBUO.setLevel(Level.WARNING);
  }

  private static final RegressionFactory FACTORY = new RegressionFactory();

  private static final String OUTPUT = "accuracy";

  private final List<SettingColumns> settings;
  private final int configurations;

  /** The names of all columns, in order. */
  private final String[] names;

  /** The fold of each configuration. */
  private final int[] folds;

  /** The configuration whose value replaces that of each configuration, for each replacement. */
  private final int[][] donors;

  /**
   * Prepares forests.
   *
   * @param settings of all configurations
   * @param groups the group of each configuration, numbered from 0; forests that predict a
   *     configuration are fitted to other groups only
   */
  HeldOutForest(List<SettingColumns> settings, int[] groups) {
    this.settings = settings;
    this.configurations = groups.length;
    this.names =
        IntStream.range(0, settings.size())
            .boxed()
            .flatMap(
                setting ->
                    IntStream.range(0, settings.get(setting).columns().getFirst().length)
                        .mapToObj(column -> "%04d:%04d".formatted(setting, column)))
            .toArray(String[]::new);
    Random random = new Random(SEED);
    int[] places = shuffled(IntStream.of(groups).max().orElse(0) + 1, random);
    this.folds = IntStream.of(groups).map(group -> places[group] % FOLDS).toArray();
    this.donors =
        IntStream.range(0, REPLACEMENTS)
            .mapToObj(any -> shuffled(configurations, random))
            .toArray(int[][]::new);
  }

  /** The numbers from 0 to a size, exclusive, in random order. */
  static int[] shuffled(int size, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Typical errors: roots of mean squared errors over all configurations.
   *
   * @param ofMean error of the mean of the configurations that a forest was fitted to
   * @param ofForest error of the forest
   * @param shuffled error of the forest with the values of each setting shuffled
   */
  record Errors(double ofMean, double ofForest, double[] shuffled) {

    /** By how much the error grows without what each setting says. */
    double[] rises() {
      return DoubleStream.of(shuffled).map(error -> error - ofForest).toArray();
    }
  }

  /** The errors for these accuracies of the configurations. */
  Errors errors(double[] accuracies) {
    double ofMean = 0;
    double ofForest = 0;
    double[] shuffled = new double[settings.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      int[] others = IntStream.range(0, configurations).filter(i -> folds[i] != held).toArray();
      double mean = IntStream.of(others).mapToDouble(i -> accuracies[i]).average().orElseThrow();
      ToDoubleFunction<double[][]> forest = fitted(others, accuracies);
      for (int i = 0; i < configurations; i++) {
        if (folds[i] == held) {
          double accuracy = accuracies[i];
          double error = squared(forest.applyAsDouble(values(i)) - accuracy);
          ofMean += squared(mean - accuracy);
          ofForest += error;
          for (int setting = 0; setting < settings.size(); setting++) {
            for (int[] donor : donors) {
              shuffled[setting] +=
                  replaced(setting, i, donor[i])
                          .map(values -> squared(forest.applyAsDouble(values) - accuracy))
                          .orElse(error)
                      / REPLACEMENTS;
            }
          }
        }
      }
    }
    return new Errors(
        typical(ofMean), typical(ofForest), DoubleStream.of(shuffled).map(this::typical).toArray());
  }

  private static double squared(double value) {
    return value * value;
  }

  private double typical(double sumOfSquares) {
    return Math.sqrt(sumOfSquares / configurations);
  }

  /** The numbers of a configuration by setting. */
  private double[][] values(int configuration) {
    return settings.stream()
        .map(setting -> setting.columns().get(configuration))
        .toArray(double[][]::new);
  }

  /** The numbers of a configuration with a setting of another one; empty if they are the same. */
  private Optional<double[][]> replaced(int setting, int configuration, int donor) {
    List<double[]> columns = settings.get(setting).columns();
    if (Arrays.equals(columns.get(configuration), columns.get(donor))) {
      return Optional.empty();
    }
    double[][] values = values(configuration);
    values[setting] = columns.get(donor);
    return Optional.of(values);
  }

  /** A forest that is fitted to some configurations. */
  private ToDoubleFunction<double[][]> fitted(int[] some, double[] accuracies) {
    List<Example<Regressor>> examples =
        IntStream.of(some)
            .<Example<Regressor>>mapToObj(i -> example(values(i), accuracies[i]))
            .toList();
    Model<Regressor> model =
        new RandomForestTrainer<>(
                new CARTRegressionTrainer(
                    DEPTH,
                    FEWEST_IN_NODE,
                    0,
                    COLUMNS_OF_SPLIT,
                    false,
                    new MeanSquaredError(),
                    SEED),
                new AveragingCombiner(),
                TREES,
                SEED)
            .train(
                new MutableDataset<>(
                    new ListDataSource<>(
                        examples, FACTORY, new SimpleDataSourceProvenance(OUTPUT, FACTORY))));
    return values -> model.predict(example(values, 0)).getOutput().getValues()[0];
  }

  private Example<Regressor> example(double[][] values, double accuracy) {
    return new ArrayExample<>(
        new Regressor(OUTPUT, accuracy),
        names,
        Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray());
  }
}
