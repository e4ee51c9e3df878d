package org.bagnetlab.worker.scramble;

import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * The control experiment of scrambling for bags of local features: an image's logits are the mean
 * of its patch logits, so permuting these changes nothing. Scrambling an image therefore only
 * affects patches on seams.
 */
final class PermutedPatches {

  private PermutedPatches() {}

  /**
   * The effect of permuting.
   *
   * @param agreement share of images classified the same
   * @param largestChange of a logit of any image: only rounding
   */
  record Outcome(double agreement, double largestChange) {}

  /**
   * Permutes the patch logits of every image, and compares their mean with the image's own logits.
   *
   * @param whole the network's predictions of the images
   * @param progress receives the number of completed images after each batch
   */
  static Outcome of(
      Network network, LoadedImages images, Evaluation whole, long seed, IntConsumer progress) {
    Random random = new Random(seed);
    int agreeing = 0;
    double largest = 0;
    for (int from = 0; from < images.count(); from += LogitMap.BATCH) {
      int[] indices =
          IntStream.range(from, Math.min(images.count(), from + LogitMap.BATCH)).toArray();
      LogitMap map = network.logitMap(images.batch(indices));
      for (int i = 0; i < indices.length; i++) {
        Prediction before = whole.predictions().get(indices[i]);
        float[] after = means(map, i, shuffled(map.height() * map.width(), random));
        for (int label = 0; label < after.length; label++) {
          largest = Math.max(largest, Math.abs(before.logits()[label] - after[label]));
        }
        Prediction permuted = new Prediction(before.path(), before.label(), after);
        agreeing += permuted.predicted() == before.predicted() ? 1 : 0;
      }
      progress.accept(from + indices.length);
    }
    return new Outcome((double) agreeing / images.count(), largest);
  }

  private static int[] shuffled(int count, Random random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static float[] means(LogitMap map, int image, int[] places) {
    float[] means = new float[map.classes()];
    for (int label = 0; label < means.length; label++) {
      double sum = 0;
      for (int place : places) {
        sum += map.at(image, label, place / map.width(), place % map.width());
      }
      means[label] = (float) (sum / places.length);
    }
    return means;
  }
}
