package org.bagnetlab.experiment.heatmap;

import java.util.Optional;
import org.bagnetlab.experiment.AboutRun;
import org.bagnetlab.protocol.HeatmapMode;

/**
 * Draws a test image's heatmap with the network of an earlier run.
 *
 * @param run the train job whose best checkpoint explains
 * @param image the image's path in the run's data set; empty: the first test image
 * @param label the class whose logits are drawn; empty: the predicted one
 * @param stride distance in pixels between patches: 1, 2, 4 or 8
 * @param mode how the image is prepared and the logits are shown
 */
public record HeatmapSpec(
    long run, Optional<String> image, Optional<String> label, int stride, HeatmapMode mode)
    implements AboutRun {

  @Override
  public String kind() {
    return HeatmapExperiment.NAME;
  }
}
