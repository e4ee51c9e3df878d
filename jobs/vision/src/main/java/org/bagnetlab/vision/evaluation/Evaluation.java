package org.bagnetlab.vision.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.network.Network;

/**
 * The performance of a network on a set of images.
 *
 * @param predictions the prediction for each image, in the order of the set
 */
public record Evaluation(List<Prediction> predictions) {

  /**
   * Measures a network.
   *
   * @param batchSize number of images per batch
   * @param progress receives the number of images evaluated so far, after each batch
   */
  public static Evaluation of(
      Network network, LoadedImages images, int batchSize, IntConsumer progress) {
    List<Prediction> predictions = new ArrayList<>(images.count());
    for (int from = 0; from < images.count(); from += batchSize) {
      int[] indices = IntStream.range(from, Math.min(images.count(), from + batchSize)).toArray();
      float[][] logits = network.logits(images.batch(indices));
      for (int i = 0; i < indices.length; i++) {
        predictions.add(
            new Prediction(
                images.image(indices[i]).path(), images.image(indices[i]).label(), logits[i]));
      }
      progress.accept(predictions.size());
    }
    return new Evaluation(List.copyOf(predictions));
  }

  /** The number of images whose largest logit is that of their class. */
  public int correct() {
    return (int) predictions.stream().filter(Prediction::correct).count();
  }

  /** The share of correctly classified images, in [0, 1]. */
  public double accuracy() {
    return (double) correct() / predictions.size();
  }

  /** The mean cross-entropy in nats. */
  public double loss() {
    return predictions.stream().mapToDouble(Prediction::loss).average().orElse(Double.NaN);
  }
}
