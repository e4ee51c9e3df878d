package org.bagnetlab.vision.heatmap;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * Computes the logits of all classes for the patches at every {@code stride}-th pixel. Only patches
 * that lie within the image are used. Logits therefore depend only on the image, unlike in a
 * heatmap, for which images are padded with zeros. The top left pixel of the patch in row r and
 * column c is in row r * stride and column c * stride of the image.
 */
public final class PatchLogits {

  /** Receives the patch logits of images, one after another. */
  public interface Receiver {

    /**
     * Receives the patch logits of an image.
     *
     * @param maps maps of a batch
     * @param image index of the image in the batch
     * @param index index of the image among all images
     */
    void take(LogitMap maps, int image, int index);
  }

  private final Network network;
  private final int field;
  private final int outputStride;
  private final int stride;
  private final int shifts;

  private PatchLogits(Network network, ArchitectureDescription description, int stride) {
    this.network = network;
    this.stride = stride;
    field = description.patch();
    outputStride = description.outputStride();
    shifts = description.shifts(stride);
  }

  /**
   * Computes the patch logits of a network.
   *
   * @param network a network without padding, which adds up the logits of patches
   * @param stride a divisor of the network's output stride
   * @throws IllegalArgumentException if the stride is not such a divisor
   */
  public static PatchLogits of(Network network, int stride) {
    return new PatchLogits(network, ArchitectureDescription.of(network.architecture()), stride);
  }

  /** The side of a patch in pixels. */
  public int field() {
    return field;
  }

  /** The distance between neighbouring patches in pixels. */
  public int stride() {
    return stride;
  }

  /** The number of forward passes for an image. */
  public int passes() {
    return shifts * shifts;
  }

  /**
   * Computes the patch logits of all images, in order.
   *
   * @param progress receives the number of forward passes since its last call; it is called often
   */
  public void each(LoadedImages images, IntConsumer progress, Receiver receiver) {
    for (int from = 0; from < images.count(); from += LogitMap.BATCH) {
      int[] indices =
          IntStream.range(from, Math.min(images.count(), from + LogitMap.BATCH)).toArray();
      LogitMap maps = maps(images.batch(indices), progress);
      for (int i = 0; i < indices.length; i++) {
        receiver.take(maps, i, indices[i]);
      }
    }
  }

  /**
   * Computes the patch logits of a batch of images. If the first rows and columns of an image are
   * cut off, the network's own logit map has every {@code shifts}-th row and column of the whole
   * map.
   *
   * @param images square images, at least as large as a patch
   * @param progress receives the number of forward passes since its last call
   */
  public LogitMap maps(Batch images, IntConsumer progress) {
    int side = (images.width() - field) / stride + 1;
    float[] values = new float[0];
    int classes = 0;
    for (int pass = 0; pass < passes(); pass++) {
      int down = pass / shifts;
      int right = pass % shifts;
      if (down < side && right < side) {
        LogitMap part = network.logitMap(crop(images, down, right, side));
        if (values.length == 0) {
          classes = part.classes();
          values = new float[images.images() * classes * side * side];
        }
        interleave(part, down, right, side, values);
      }
      progress.accept(images.images());
    }
    return new LogitMap(values, images.images(), classes, side, side);
  }

  /**
   * Crops images to the pixels of every {@code shifts}-th patch, starting at a patch in the first
   * rows and columns.
   */
  private Batch crop(Batch images, int down, int right, int side) {
    int height = (patches(down, side) - 1) * outputStride + field;
    int width = (patches(right, side) - 1) * outputStride + field;
    return images.crop(down * stride, right * stride, height, width);
  }

  private int patches(int first, int side) {
    return (side - first + shifts - 1) / shifts;
  }

  private void interleave(LogitMap part, int down, int right, int side, float[] values) {
    int maps = part.images() * part.classes();
    for (int map = 0; map < maps; map++) {
      for (int row = 0; row < part.height(); row++) {
        for (int column = 0; column < part.width(); column++) {
          values[(map * side + row * shifts + down) * side + column * shifts + right] =
              part.values()[(map * part.height() + row) * part.width() + column];
        }
      }
    }
  }
}
