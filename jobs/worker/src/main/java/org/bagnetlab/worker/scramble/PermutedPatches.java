package org.bagnetlab.worker.scramble;

import java.util.Random;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.worker.run.Run;

/**
 * The control experiment of scrambling for bags of local features: an image's logits are the mean
 * of its patch logits, so permuting the patch logits changes nothing. Scrambling an image therefore
 * only affects patches that lie on seams.
 */
final class PermutedPatches {

  private PermutedPatches() {}

  /**
   * The effect of permuting.
   *
   * @param agreement share of images classified the same
   * @param largestChange largest change of a logit of any image; only rounding should cause one
   */
  record Outcome(double agreement, double largestChange) {}

  /**
   * Permutes the patch logits of every image, and compares their mean with the image's logits.
   *
   * @param whole the network's predictions for the images
   */
  static Outcome of(Run run, Network network, LoadedImages images, Evaluation whole, long seed) {
    Random random = new Random(seed);
    int[] agreeing = {0};
    double[] largest = {0};
    run.eachBatch(
        images,
        LogitMap.BATCH,
        run.progress(Phase.TESTING, images.count(), 1),
        (indices, batch) -> {
          LogitMap map = network.logitMap(batch);
          for (int i = 0; i < indices.length; i++) {
            Prediction before = whole.predictions().get(indices[i]);
            float[] after = means(map, i, shuffled(map.height() * map.width(), random));
            for (int label = 0; label < after.length; label++) {
              largest[0] = Math.max(largest[0], Math.abs(before.logits()[label] - after[label]));
            }
            Prediction permuted = new Prediction(before.path(), before.label(), after);
            agreeing[0] += permuted.predicted() == before.predicted() ? 1 : 0;
          }
        });
    return new Outcome((double) agreeing[0] / images.count(), largest[0]);
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
