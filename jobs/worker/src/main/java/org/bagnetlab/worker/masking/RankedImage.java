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
 * An image with its tiles ranked by what they count for the class that the network takes it for.
 *
 * @param clean the network's result for the image as it is
 * @param rankings by each method that the network has
 * @param images a batch
 * @param index its place in the batch
 * @param network asks the network about masked copies
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
   * @param masked for each copy the parts that are masked
   */
  public List<Prediction> masked(List<List<Square>> masked) {
    return List.of(network.logits(images, index, masked)).stream()
        .map(logits -> new Prediction(clean.path(), clean.label(), logits))
        .toList();
  }

  /** The tiles as a method of the network ranks them. */
  public RankedTiles tiles(SaliencyMethod method) {
    return Objects.requireNonNull(rankings.get(method));
  }

  /** The probability, in one of these results, of the class that the clean image is taken for. */
  public double probability(Prediction result) {
    return result.probabilities()[clean.predicted()];
  }
}
