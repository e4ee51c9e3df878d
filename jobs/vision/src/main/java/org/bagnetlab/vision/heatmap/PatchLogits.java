package org.bagnetlab.vision.heatmap;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * The logits of all classes of the patches at every {@code stride}-th pixel. Only patches that lie
 * within the image count: unlike a heatmap, which pads images with zeros so that it covers them, no
 * logit here depends on anything but the image. The patch of row r and column c has its first pixel
 * in row r stride and column c stride of the image.
 */
public final class PatchLogits {

  /** Takes the patch logits of images, one after another. */
  public interface Taker {

    /**
     * Takes those of an image.
     *
     * @param maps of a batch
     * @param image its number in the batch
     * @param index its number among all images
     */
    void take(LogitMap maps, int image, int index);
  }

  private final Network network;
  private final int field;
  private final int outputStride;
  private final int stride;

  private PatchLogits(Network network, int field, int outputStride, int stride) {
    this.network = network;
    this.field = field;
    this.outputStride = outputStride;
    this.stride = stride;
  }

  /**
   * Those of a network.
   *
   * @param network without padding, so that it adds up the logits of patches
   * @param stride a divisor of the network's output stride
   * @throws IllegalArgumentException if it is none
   */
  public static PatchLogits of(Network network, int stride) {
    ArchitectureDescription description = ArchitectureDescription.of(network.architecture());
    int field =
        description
            .receptiveField()
            .orElseThrow(() -> new IllegalArgumentException("no local receptive field"));
    if (stride < 1 || description.outputStride() % stride != 0) {
      throw new IllegalArgumentException(
          "stride must divide %d, but is %d.".formatted(description.outputStride(), stride));
    }
    return new PatchLogits(network, field, description.outputStride(), stride);
  }

  /** Side of a patch in pixels. */
  public int field() {
    return field;
  }

  /** Distance between neighbouring patches in pixels. */
  public int stride() {
    return stride;
  }

  /** Forward passes that an image takes. */
  public int passes() {
    return shifts() * shifts();
  }

  /** Shifts in each direction that the network computes separately. */
  private int shifts() {
    return outputStride / stride;
  }

  /**
   * Computes those of all images, in their order.
   *
   * @param progress receives the number of forward passes since its last call; called often
   */
  public void each(LoadedImages images, IntConsumer progress, Taker taker) {
    for (int from = 0; from < images.count(); from += LogitMap.BATCH) {
      int[] indices =
          IntStream.range(from, Math.min(images.count(), from + LogitMap.BATCH)).toArray();
      LogitMap maps = maps(images.batch(indices), progress);
      for (int i = 0; i < indices.length; i++) {
        taker.take(maps, i, indices[i]);
      }
    }
  }

  /**
   * Computes those of some images: the network's own map of an image without its first rows and
   * columns holds every {@code shifts}-th row and column of the whole.
   *
   * @param images square, at least as large as a patch
   * @param progress receives the number of forward passes since its last call
   */
  public LogitMap maps(Batch images, IntConsumer progress) {
    int side = (images.width() - field) / stride + 1;
    float[] values = new float[0];
    int classes = 0;
    for (int pass = 0; pass < passes(); pass++) {
      int down = pass / shifts();
      int right = pass % shifts();
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

  /** The pixels of every {@code shifts}-th patch, from one in the first rows and columns on. */
  private Batch crop(Batch images, int down, int right, int side) {
    int height = (patches(down, side) - 1) * outputStride + field;
    int width = (patches(right, side) - 1) * outputStride + field;
    return images.crop(down * stride, right * stride, height, width);
  }

  private int patches(int first, int side) {
    return (side - first + shifts() - 1) / shifts();
  }

  private void interleave(LogitMap part, int down, int right, int side, float[] values) {
    int maps = part.images() * part.classes();
    for (int map = 0; map < maps; map++) {
      for (int row = 0; row < part.height(); row++) {
        for (int column = 0; column < part.width(); column++) {
          values[(map * side + row * shifts() + down) * side + column * shifts() + right] =
              part.values()[(map * part.height() + row) * part.width() + column];
        }
      }
    }
  }
}
