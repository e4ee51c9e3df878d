package org.bagnetlab.experiment.saliency;

import java.util.Optional;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.network.AboutImage;
import org.bagnetlab.experiment.network.ImportedNetwork;

/**
 * Draws an image's saliency maps with a network.
 *
 * @param run the train job whose best checkpoint is explained
 * @param weights the imported network that is explained instead
 * @param dataset the image's; empty: that of the run
 * @param imageSize side of an imported network's images in pixels
 * @param image the image's path in the data set; empty: the first test image of the run, or the
 *     first image of another data set
 * @param label the class that the maps are of; empty: the predicted one
 * @param scale where the colours of each method's maps end
 */
public record SaliencySpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<String> image,
    Optional<String> label,
    ColourScale scale)
    implements AboutImage {

  /** For a run's own image. */
  public SaliencySpec(long run, Optional<String> image, Optional<String> label, ColourScale scale) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        image,
        label,
        scale);
  }

  @Override
  public String kind() {
    return SaliencyExperiment.NAME;
  }
}
