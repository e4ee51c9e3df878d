package org.bagnetlab.vision.network;

import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.ArchitectureDescription;

/**
 * Computes patch logits from a network's own logit maps: the map of an image shifted by (dy, dx)
 * has every eighth row and column of the dense map, so the maps of all shifts, interleaved, are
 * exactly the dense map.
 */
public final class ShiftedPasses {

  /** Number of shifted images computed at a time. */
  private static final int BATCH = 16;

  private ShiftedPasses() {}

  /** Implements {@link Network#patchLogits}. */
  public static float[][] patchLogits(
      Network network, Batch image, int[] labels, int stride, IntConsumer progress) {
    ArchitectureDescription description = ArchitectureDescription.of(network.architecture());
    int coarse = description.outputStride();
    int patch =
        description
            .receptiveField()
            .orElseThrow(() -> new IllegalArgumentException("no local receptive field"));
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
        copyCrop(image, down, right, crop, crops, i);
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

  private static void copyCrop(
      Batch image, int down, int right, int crop, float[] crops, int index) {
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = 0; row < crop; row++) {
        System.arraycopy(
            image.values(),
            (channel * image.height() + row + down) * image.width() + right,
            crops,
            ((index * image.channels() + channel) * crop + row) * crop,
            crop);
      }
    }
  }
}
