package org.bagnetlab.experiment.scramble;

import java.util.Optional;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.train.TrainExperiment;

/** Measures how a network's accuracy depends on the size of the shuffled tiles. */
public final class ScrambleExperiment extends NetworkExperiment {

  /** Its name in requests. */
  public static final String NAME = "scramble";

  private static final int MOST_PERMUTATIONS = 20;

  /** Maximum number of tiles per side; with more, nothing of an image would be left. */
  public static final int FINEST_GRID = 64;

  private static final WholeNumbers USUAL_GRIDS = WholeNumbers.of("2, 4, 7, 8, 14");

  /** Tiles per side; empty for the usual numbers that divide the images. */
  public static final Parameter<WholeNumbers> GRIDS =
      Parameter.of(
              "grids",
              "Grids",
              "Tiles per side, separated by commas, for example 2, 4, 8. Each must divide the image size.",
              new Checked<>(new WholeNumberList(1, FINEST_GRID), ScrambleExperiment::notDividing))
          .defaultsTo(
              Default.absent(
                  "those of %s that divide the image size".formatted(USUAL_GRIDS.text())));

  /** Number of permutations of each image and grid. */
  public static final Parameter<Integer> PERMUTATIONS =
      Parameter.of(
              "permutations",
              "Permutations",
              "Random permutations of each image and grid.",
              WholeNumber.between(1, MOST_PERMUTATIONS))
          .defaultsTo(3);

  /** Seed of the first permutation; the others have the seeds that follow. */
  public static final Parameter<Long> SCRAMBLE_SEED =
      Parameter.of(
              "scrambleSeed",
              "First scrambling seed",
              "Seed of the first permutation; the others have the seeds that follow.",
              new Seed())
          .defaultsTo(1L);

  /** Tiles per side. */
  public static final Axis GRID = Axis.of("grid", "Tiles per side");

  /** Share of scrambled images that are recognised. */
  public static final Output ACCURACY =
      Output.curve(
          "accuracy-by-grid",
          "Accuracy by grid",
          Metric.ACCURACY,
          GRID,
          TrainExperiment.SCRAMBLE_SEED);

  /** Share of scrambled images classified like the whole image. */
  public static final Output AGREEMENT =
      Output.curve(
          "agreement-by-grid",
          "Agreement with the prediction of the whole image",
          Metric.AGREEMENT,
          GRID,
          TrainExperiment.SCRAMBLE_SEED);

  /** Share of a class's scrambled images that are recognised, over all permutations. */
  public static final Output RECALL =
      Output.curve("recall-by-grid", "Recall by grid", Metric.RECALL, GRID, Axis.CLASS);

  /** Share of whole images that are recognised. */
  public static final Output WHOLE =
      Output.scalar("whole-accuracy", "Accuracy without scrambling", Metric.ACCURACY);

  /** Share of scrambled images recognised, for images other than the run's test images. */
  public static final Output OTHER_ACCURACY = OnImages.other(ACCURACY);

  /** Share of whole images recognised, for images other than the run's test images. */
  public static final Output OTHER_WHOLE = OnImages.other(WHOLE);

  /**
   * Share of images classified the same after the network's own patch logits were permuted; 1 for a
   * bag of local features.
   */
  public static final Output PERMUTED_PATCHES =
      Output.scalar(
          "agreement-permuted-patches",
          "Agreement after permuting the patch logits",
          Metric.AGREEMENT);

  /** The largest change of a logit by that permutation: 0 except for rounding. */
  public static final Output PERMUTED_PATCHES_CHANGE =
      Output.scalar(
          "change-permuted-patches",
          "Largest change of a logit by permuting the patch logits",
          Metric.LOGIT);

  public ScrambleExperiment() {
    super(
        NAME,
        "Scrambling",
        "Measure a network on images cut into ever smaller tiles, shuffled several times.",
        new Source(Source.REPORT, "4, with one grid and one permutation"),
        Subject.network(),
        NetworkParameters.onImages(GRIDS, PERMUTATIONS, SCRAMBLE_SEED),
        OnImages.withOthers(
            ACCURACY, AGREEMENT, RECALL, WHOLE, PERMUTED_PATCHES, PERMUTED_PATCHES_CHANGE));
  }

  private static Optional<String> notDividing(WholeNumbers grids, Values before) {
    int size = before.find(NetworkParameters.IMAGE_SIZE).orElse(0);
    return grids.values().stream()
        .filter(tiles -> size % tiles != 0)
        .findFirst()
        .map(
            tiles ->
                "A grid of %d × %d tiles does not divide the %d pixels of the images."
                    .formatted(tiles, tiles, size));
  }

  /** The tiles per side of each grid of a job for images of this size, from coarse to fine. */
  public static WholeNumbers grids(NetworkSpec spec, int imageSize) {
    return spec.find(GRIDS)
        .orElseGet(
            () ->
                new WholeNumbers(
                    USUAL_GRIDS.values().stream()
                        .filter(tiles -> imageSize % tiles == 0)
                        .toList()));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Scrambling of %s%s, %d permutation%s"
        .formatted(
            spec.networkAndImages(),
            spec.find(GRIDS).map(grids -> ", grids " + grids.text()).orElse(""),
            spec.get(PERMUTATIONS),
            spec.get(PERMUTATIONS) == 1 ? "" : "s");
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    int grids = spec.find(GRIDS).orElse(USUAL_GRIDS).values().size();
    boolean local = workload.heatmap(Stride.LARGEST) > 0;
    return (1 + (double) grids * spec.get(PERMUTATIONS) + (local ? 1 : 0)) * workload.test();
  }
}
