package org.bagnetlab.server.importance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Feature;
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
 * Predicts the accuracy of trainings from their settings, with random forests (Breiman, <i>Random
 * forests</i>, Machine Learning 2001) that were fitted to other trainings. Everything random is
 * drawn from fixed seeds: equal trainings give equal errors.
 */
final class HeldOutForest {

  private static final int FOLDS = 5;

  private static final int TREES = 30;

  private static final int DEPTH = 6;

  /** Nodes with fewer trainings are not split. */
  private static final float FEWEST_IN_NODE = 5;

  /** Share of the columns among which a split is chosen. */
  private static final float COLUMNS_OF_SPLIT = 0.6f;

  /** How often a setting of a training is replaced by that of another one. */
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
  private final int trainings;

  /** The fold of each training. */
  private final int[] folds;

  /** The training whose value replaces that of each training, for each replacement. */
  private final int[][] donors;

  /**
   * Prepares forests.
   *
   * @param settings of all trainings
   * @param trainings number of trainings
   */
  HeldOutForest(List<SettingColumns> settings, int trainings) {
    this.settings = settings;
    this.trainings = trainings;
    Random random = new Random(SEED);
    int[] order = shuffled(random);
    this.folds = new int[trainings];
    for (int place = 0; place < trainings; place++) {
      folds[order[place]] = place % FOLDS;
    }
    this.donors =
        IntStream.range(0, REPLACEMENTS).mapToObj(any -> shuffled(random)).toArray(int[][]::new);
  }

  private int[] shuffled(Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, trainings).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Typical errors: roots of mean squared errors over all trainings.
   *
   * @param ofMean error of the mean of the other trainings
   * @param ofForest error of the forest
   * @param shuffled error of the forest with the values of each setting shuffled
   */
  record Errors(double ofMean, double ofForest, double[] shuffled) {

    /** By how much the error grows without what a setting says. */
    double rise(int setting) {
      return shuffled[setting] - ofForest;
    }

    /** The largest rise of all settings. */
    double largestRise() {
      return IntStream.range(0, shuffled.length).mapToDouble(this::rise).max().orElse(0);
    }
  }

  /** The errors for these accuracies of the trainings. */
  Errors errors(double[] accuracies) {
    double ofMean = 0;
    double ofForest = 0;
    double[] shuffled = new double[settings.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      int[] others = IntStream.range(0, trainings).filter(i -> folds[i] != held).toArray();
      double mean = IntStream.of(others).mapToDouble(i -> accuracies[i]).average().orElseThrow();
      ToDoubleFunction<double[][]> forest = fitted(others, accuracies);
      for (int i = 0; i < trainings; i++) {
        if (folds[i] == held) {
          ofMean += squared(mean - accuracies[i]);
          ofForest += squared(forest.applyAsDouble(values(i)) - accuracies[i]);
          for (int setting = 0; setting < settings.size(); setting++) {
            for (int[] donor : donors) {
              double[][] replaced = values(i);
              replaced[setting] = settings.get(setting).columns().get(donor[i]);
              shuffled[setting] +=
                  squared(forest.applyAsDouble(replaced) - accuracies[i]) / REPLACEMENTS;
            }
          }
        }
      }
    }
    return new Errors(
        typical(ofMean),
        typical(ofForest),
        IntStream.range(0, shuffled.length).mapToDouble(i -> typical(shuffled[i])).toArray());
  }

  private static double squared(double value) {
    return value * value;
  }

  private double typical(double sumOfSquares) {
    return Math.sqrt(sumOfSquares / trainings);
  }

  /** The numbers of a training by setting. */
  private double[][] values(int training) {
    return settings.stream()
        .map(setting -> setting.columns().get(training))
        .toArray(double[][]::new);
  }

  /** A forest that is fitted to some trainings. */
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

  private static Example<Regressor> example(double[][] values, double accuracy) {
    ArrayExample<Regressor> example = new ArrayExample<>(new Regressor(OUTPUT, accuracy));
    for (int setting = 0; setting < values.length; setting++) {
      for (int column = 0; column < values[setting].length; column++) {
        example.add(new Feature(setting + ":" + column, values[setting][column]));
      }
    }
    return example;
  }
}
