package org.bagnetlab.experiment.train;

import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.parameter.ImageSide;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.protocol.Precision;

/**
 * Trains a network, measures it on validation, test and scrambled test images, and draws heatmaps
 * where the network has a local receptive field.
 *
 * @param architecture a registered name, for example {@code bagnet33}
 * @param dataset a built-in or imported data set
 * @param imageSize side of the square input in pixels, a multiple of {@link #SCRAMBLE_TILES_A_SIDE}
 * @param width factor on every internal channel count, above 0
 * @param recipe how to optimise
 * @param epochs passes over the training images, at most
 * @param batchSize images a step
 * @param learningRate the optimiser's rate at the start of the schedule, above 0
 * @param seed decides the split, the initial weights, the order of images and the scrambling
 * @param heatmapStride distance in pixels between the patches of the heatmaps: 1, 2, 4 or 8
 * @param weights imported weights that the network starts from; empty: random ones
 * @param precision of the network's products, also when it is measured and explained
 * @param preparation of imported images, and the scheme of the scrambling, also when the network is
 *     measured and explained
 * @param duplicates what becomes of images of validation and test that an earlier part shows, too
 * @param trainImages images of each class to learn from, at most; empty: all of the split's
 * @param sparsity factor of the mean absolute value of the logit map, which is minimised beside the
 *     cross-entropy, at least 0
 */
public record TrainSpec(
    String architecture,
    String dataset,
    int imageSize,
    double width,
    Recipe recipe,
    int epochs,
    int batchSize,
    double learningRate,
    long seed,
    int heatmapStride,
    Optional<StartingWeights> weights,
    Precision precision,
    Preparation preparation,
    DuplicateImages duplicates,
    Optional<Integer> trainImages,
    double sparsity)
    implements JobSpec {

  /** The report scrambles 16 tiles: 4 rows of 4. */
  public static final int SCRAMBLE_TILES_A_SIDE = ImageSide.MULTIPLE;

  private static final String FROM_SCRATCH = "from scratch";

  /** In float32, on all images, prepared as they are today, duplicates included. */
  public TrainSpec(
      String architecture,
      String dataset,
      int imageSize,
      double width,
      Recipe recipe,
      int epochs,
      int batchSize,
      double learningRate,
      long seed,
      int heatmapStride,
      Optional<StartingWeights> weights) {
    this(
        architecture,
        dataset,
        imageSize,
        width,
        recipe,
        epochs,
        batchSize,
        learningRate,
        seed,
        heatmapStride,
        weights,
        Precision.FP32,
        Preparation.PILLOW,
        DuplicateImages.KEEP,
        Optional.empty(),
        0);
  }

  /** How the network began, as every result shows it. */
  public String regime() {
    return weights.map(StartingWeights::regime).orElse(FROM_SCRATCH);
  }

  /** How it is trained, parameter by parameter. */
  public Settings settings() {
    return Settings.of(TrainExperiment.PARAMETERS, this);
  }

  @Override
  public Optional<String> reads() {
    return Optional.of(dataset);
  }

  @Override
  public Optional<WeightsVersion> needs() {
    return weights.map(StartingWeights::version);
  }

  @Override
  public String kind() {
    return TrainExperiment.NAME;
  }
}
