package org.bagnetlab.experiment.spatialsensitivity;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Measures a network's sensitivity to the tiles that matter most for its prediction, by masking
 * them with ImageNet's mean colour, which is 0 after normalisation. The network's own saliency maps
 * rank the tiles; the paper uses the heatmaps of one BagNet for all networks.
 */
public final class SpatialSensitivityExperiment implements Experiment<SpatialSensitivitySpec> {

  static final String NAME = "spatial-sensitivity";

  private static final Parameter<Integer> MOST_IMAGES = MaskedImages.mostImages(200);

  private static final Parameter<WholeNumbers> MASKED =
      Parameter.of(
              "masked",
              "Masked tiles",
              "Numbers of masked tiles, separated by commas. Numbers that exceed the number of tiles are skipped.",
              new MaskedCounts())
          .defaultsTo(WholeNumbers.of("0, 1, 2, 4, 8, 16, 32"));

  /** Masked tiles of each image. */
  public static final Axis MASKED_TILES = Axis.of("maskedTiles", "Masked tiles");

  /** Mean probability of the class predicted for the image without masks. */
  public static final Output PROBABILITY =
      Output.curve(
          "masked-probability",
          "Probability of the predicted class by masked tiles",
          MaskedImages.PROBABILITY,
          MASKED_TILES,
          SaliencyMethod.AXIS);

  /** Share of masked images that are recognised. */
  public static final Output ACCURACY =
      Output.curve(
          "masked-accuracy",
          "Accuracy by masked tiles",
          Metric.ACCURACY,
          MASKED_TILES,
          SaliencyMethod.AXIS);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Spatial sensitivity";
  }

  @Override
  public String summary() {
    return "Measure a network while the tiles that count most in each image are masked.";
  }

  @Override
  public Source source() {
    return new Source(Source.PAPER, "spatial sensitivity");
  }

  @Override
  public Subject subject() {
    return Subject.network();
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Stream.concat(
            OnImages.parameters(subject()).stream(),
            Stream.of(MOST_IMAGES, MaskedImages.TILE, MASKED, MaskedImages.ORDER_SEED))
        .toList();
  }

  @Override
  public List<Output> outputs() {
    return OnImages.withOthers(PROBABILITY, ACCURACY);
  }

  @Override
  public Class<SpatialSensitivitySpec> specification() {
    return SpatialSensitivitySpec.class;
  }

  @Override
  public void check(SpatialSensitivitySpec spec, TrainSpec trained) {
    MaskedImages.checkTile(spec.tile(), trained);
    MaskedCounts.checkFitting(spec.masked(), spec.tile(), trained.imageSize(), MASKED.name());
  }

  @Override
  public String title(SpatialSensitivitySpec spec, Catalogue catalogue) {
    return "Spatial sensitivity of %s, tiles of %d pixels, up to %d images"
        .formatted(spec.networkAndImages(), spec.tile(), spec.mostImages());
  }

  @Override
  public double cost(SpatialSensitivitySpec spec, Workload workload) {
    long copies = spec.masked().values().stream().filter(count -> count > 0).count();
    return (1
            + (double) copies * SaliencyMethod.of(workload).size()
            + SaliencyMethod.cost(workload))
        * Math.min(spec.mostImages(), workload.test());
  }
}
