package org.bagnetlab.worker.masking;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.masking.MaskedCopies;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.masking.Square;
import org.bagnetlab.vision.network.Batch;

/**
 * An image with its tiles ranked by their importance for the predicted class.
 *
 * @param clean the network's result for the unmasked image
 * @param rankings rankings of the tiles by each available method
 * @param images the batch that contains the image
 * @param index the image's index in the batch
 * @param network predicts masked copies
 */
public record RankedImage(
    Prediction clean,
    Map<SaliencyMethod, RankedTiles> rankings,
    Batch images,
    int index,
    MaskedCopies network) {

  /**
   * The network's results for copies of the image.
   *
   * @param masked the masked parts of each copy
   */
  public List<Prediction> masked(List<List<Square>> masked) {
    return List.of(network.logits(images, index, masked)).stream()
        .map(logits -> new Prediction(clean.path(), clean.label(), logits))
        .toList();
  }

  /** The tiles as ranked by a method. */
  public RankedTiles tiles(SaliencyMethod method) {
    return Objects.requireNonNull(rankings.get(method));
  }

  /** The probability, in one of these results, of the class predicted for the clean image. */
  public double probability(Prediction result) {
    return result.probabilities()[clean.predicted()];
  }
}
