package org.bagnetlab.vision.network;

import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.ArchitectureDescription;

/**
 * Computes patch logits from a network's own logit maps: the map of an image shifted by (dy, dx)
 * has every eighth row and column of the dense map, so interleaving the maps of all shifts gives
 * exactly the dense map.
 */
public final class ShiftedPasses {

  /** Number of shifted images per batch. */
  private static final int BATCH = 16;

  private ShiftedPasses() {}

  /** Implements {@link Network#patchLogits}. */
  public static float[][] patchLogits(
      Network network, Batch image, int[] labels, int stride, IntConsumer progress) {
    ArchitectureDescription description = ArchitectureDescription.of(network.architecture());
    int coarse = description.outputStride();
    int patch = description.patch();
    int side = (image.width() - patch) / stride + 1;
    int each = coarse / stride;
    int crop = (side / each - 1) * coarse + patch;
    float[][] values = new float[labels.length][side * side];
    int total = each * each;
    for (int from = 0; from < total; from += BATCH) {
      int count = Math.min(BATCH, total - from);
      float[] crops = new float[count * image.channels() * crop * crop];
      for (int i = 0; i < count; i++) {
        int down = (from + i) / each * stride;
        int right = (from + i) % each * stride;
        float[] shifted = image.crop(down, right, crop, crop).values();
        System.arraycopy(shifted, 0, crops, i * shifted.length, shifted.length);
      }
      LogitMap map = network.logitMap(new Batch(crops, count, image.channels(), crop, crop));
      for (int i = 0; i < count; i++) {
        for (int row = 0; row < side / each; row++) {
          for (int column = 0; column < side / each; column++) {
            int to = (row * each + (from + i) / each) * side + column * each + (from + i) % each;
            for (int k = 0; k < labels.length; k++) {
              values[k][to] = map.at(i, labels[k], row, column);
            }
          }
        }
      }
      progress.accept(from + count);
    }
    return values;
  }
}
