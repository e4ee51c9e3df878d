package org.bagnetlab.experiment.heatmap;

import java.util.Optional;
import org.bagnetlab.experiment.network.AboutImage;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.protocol.HeatmapMode;

/**
 * Draws an image's heatmaps with a network.
 *
 * @param run the train job whose best checkpoint is used
 * @param weights the imported network that is used instead
 * @param dataset the image's; empty: that of the run
 * @param imageSize side of an imported network's images in pixels
 * @param image the image's path in the data set; empty: the first test image of the run, or the
 *     first image of another data set
 * @param label the class whose logits are drawn; empty: the predicted one
 * @param stride distance in pixels between patches: 1, 2, 4 or 8
 * @param mode how the image is prepared and the logits are shown
 * @param classes whether the logits of all classes are drawn
 * @param scale where the colours end
 */
public record HeatmapSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<String> image,
    Optional<String> label,
    int stride,
    HeatmapMode mode,
    ShownClasses classes,
    ColourScale scale)
    implements AboutImage {

  /** For one class, of a run's own image. */
  public HeatmapSpec(
      long run, Optional<String> image, Optional<String> label, int stride, HeatmapMode mode) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        image,
        label,
        stride,
        mode,
        ShownClasses.ONE,
        ColourScale.OWN);
  }

  /** A copy with other classes and another scale. */
  public HeatmapSpec showing(ShownClasses classes, ColourScale scale) {
    return new HeatmapSpec(
        run, weights, dataset, imageSize, image, label, stride, mode, classes, scale);
  }

  @Override
  public String kind() {
    return HeatmapExperiment.NAME;
  }
}
