package org.bagnetlab.experiment.spatialsensitivity;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Measures a network's sensitivity to the tiles that matter most for its prediction, by masking
 * them with ImageNet's mean colour, which is 0 after normalisation. The network's own saliency maps
 * rank the tiles; the paper uses the heatmaps of one BagNet for all networks.
 */
public final class SpatialSensitivityExperiment extends NetworkExperiment {

  static final String NAME = "spatial-sensitivity";

  /** Number of images used. */
  public static final Parameter<Integer> MOST_IMAGES = NetworkParameters.mostImages(200);

  /** Numbers of masked tiles of each image. */
  public static final Parameter<WholeNumbers> MASKED =
      Parameter.of(
              "masked",
              "Masked tiles",
              "Numbers of masked tiles, separated by commas. Numbers that exceed the number of tiles are skipped.",
              new Checked<>(new WholeNumberList(0, 65_536), SpatialSensitivityExperiment::tooMany))
          .defaultsTo(WholeNumbers.of("0, 1, 2, 4, 8, 16, 32"));

  /** Number of masked tiles of each image. */
  public static final Axis MASKED_TILES = Axis.of("maskedTiles", "Masked tiles");

  /** Mean probability of the class predicted for the image without masks. */
  public static final Output PROBABILITY =
      Output.curve(
              "masked-probability",
              "Probability of the predicted class by masked tiles",
              MaskedImages.PROBABILITY,
              MASKED_TILES,
              SaliencyMethod.AXIS)
          .read(SaliencyMethod.MASKING);

  /** Share of masked images that are recognised. */
  public static final Output ACCURACY =
      Output.curve(
              "masked-accuracy",
              "Accuracy by masked tiles",
              Metric.ACCURACY,
              MASKED_TILES,
              SaliencyMethod.AXIS)
          .read(SaliencyMethod.MASKING);

  public SpatialSensitivityExperiment() {
    super(
        NAME,
        "Spatial sensitivity",
        "Measure a network while the tiles that count most in each image are masked.",
        new Source(Source.PAPER, "spatial sensitivity"),
        Subject.network(),
        NetworkParameters.onImages(MOST_IMAGES, MaskedImages.TILE, MASKED, MaskedImages.ORDER_SEED),
        OnImages.withOthers(PROBABILITY, ACCURACY));
  }

  /** Rejects numbers that all exceed the number of tiles. */
  private static Optional<String> tooMany(WholeNumbers masked, Values before) {
    Optional<Integer> size = before.find(NetworkParameters.IMAGE_SIZE);
    if (size.isEmpty() || before.find(MaskedImages.TILE).isEmpty()) {
      return Optional.empty();
    }
    int tile = before.get(MaskedImages.TILE);
    int tiles = (size.get() / tile) * (size.get() / tile);
    int fewest = masked.values().get(0);
    return fewest <= tiles
        ? Optional.empty()
        : Optional.of(
            "%d tiles cannot be masked: images of %d pixels have %d tiles of %d pixels."
                .formatted(fewest, size.get(), tiles, tile));
  }

  /**
   * A copy of a specification with only the numbers of masked tiles that images of this size can
   * have.
   */
  public static NetworkSpec fitting(NetworkSpec spec, int imageSize) {
    int across = imageSize / spec.get(MaskedImages.TILE);
    List<Integer> fitting =
        spec.get(MASKED).values().stream().filter(count -> count <= across * across).toList();
    return spec.with(MASKED, new WholeNumbers(fitting));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Spatial sensitivity of %s, tiles of %d pixels, up to %d images"
        .formatted(spec.networkAndImages(), spec.get(MaskedImages.TILE), spec.get(MOST_IMAGES));
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    long copies = spec.get(MASKED).values().stream().filter(count -> count > 0).count();
    return (1
            + (double) copies * SaliencyMethod.of(workload).size()
            + SaliencyMethod.cost(workload))
        * Math.min(spec.get(MOST_IMAGES), workload.test());
  }
}
