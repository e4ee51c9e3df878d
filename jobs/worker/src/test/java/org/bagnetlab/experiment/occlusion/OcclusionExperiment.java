package org.bagnetlab.experiment.occlusion;

import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.parameter.WholeNumber;

/** How the accuracy of a network falls when parts of the images are hidden. */
public final class OcclusionExperiment extends NetworkExperiment {

  static final String NAME = "occlusion";

  private static final int LARGEST_GRID = 16;

  /** Tiles per side of the grid. */
  public static final Parameter<Integer> TILES =
      Parameter.of(
              "tiles",
              "Tiles per side",
              "Rows and columns of the grid of tiles.",
              WholeNumber.between(2, LARGEST_GRID))
          .defaultsTo(8);

  /** The largest number of masked tiles. */
  public static final Parameter<Integer> MOST =
      Parameter.of(
              "most",
              "Most masked tiles",
              "Accuracy is measured with 0 to so many masked tiles.",
              new WholeNumber(
                  values -> 1, values -> square(values.find(TILES).orElse(LARGEST_GRID)), 1))
          .defaultsTo(
              Default.from("a quarter of the tiles", values -> square(values.get(TILES)) / 4));

  /** Seed of the order of each image's tiles. */
  public static final Parameter<Long> SEED =
      Parameter.of(
              "seed",
              "Seed",
              "Decides in which order the tiles of each image are masked.",
              new Seed())
          .defaultsTo(1L);

  /** Masked tiles of each image. */
  public static final Axis MASKED_TILES = Axis.of("maskedTiles", "Masked tiles");

  /** Share of images that are recognised. */
  public static final Output ACCURACY =
      Output.curve(
          "accuracy-by-masked-tiles", "Accuracy by masked tiles", Metric.ACCURACY, MASKED_TILES);

  private static int square(int side) {
    return side * side;
  }

  public OcclusionExperiment() {
    super(
        NAME,
        "Occlusion",
        "Measure a network while more and more tiles of each image are masked.",
        new Source(
            "Zeiler and Fergus, Visualizing and understanding convolutional networks, ECCV 2014",
            "4.2, with many tiles at once"),
        Subject.network(),
        NetworkParameters.onImages(TILES, MOST, SEED),
        OnImages.withOthers(ACCURACY));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Occlusion of %s, up to %d of %d tiles, seed %d"
        .formatted(
            spec.networkAndImages(), spec.get(MOST), square(spec.get(TILES)), spec.get(SEED));
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return (spec.get(MOST) + 1.0) * workload.test();
  }
}
