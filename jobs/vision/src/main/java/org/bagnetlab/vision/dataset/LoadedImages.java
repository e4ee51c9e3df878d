package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.network.Batch;

/** A part of a split in memory, decoded and resized once. */
public final class LoadedImages {

  private final List<SceneImage> images;
  private final List<Pixels> pixels;
  private final int size;
  private final BiFunction<Pixels, String, Pixels> change;

  private LoadedImages(
      List<SceneImage> images,
      List<Pixels> pixels,
      int size,
      BiFunction<Pixels, String, Pixels> change) {
    this.images = images;
    this.pixels = pixels;
    this.size = size;
    this.change = change;
  }

  /**
   * Reads images.
   *
   * @param size side of the square result in pixels
   * @param progress told the number of images read, after each
   * @throws IOException if one cannot be read; the message names it
   */
  public static LoadedImages of(
      SceneDataset dataset, List<SceneImage> images, int size, IntConsumer progress)
      throws IOException {
    List<Pixels> pixels = new ArrayList<>(images.size());
    for (SceneImage image : images) {
      pixels.add(dataset.read(image, size));
      progress.accept(pixels.size());
    }
    return new LoadedImages(List.copyOf(images), pixels, size, (image, path) -> image);
  }

  /** The same images, each changed by a function of its pixels and its path when it is used. */
  public LoadedImages changedBy(BiFunction<Pixels, String, Pixels> function) {
    return new LoadedImages(images, pixels, size, function);
  }

  /** Number of images. */
  public int count() {
    return images.size();
  }

  /** What the image is. */
  public SceneImage image(int index) {
    return images.get(index);
  }

  /** A network's input of some of the images. */
  public Batch batch(int... indices) {
    int length = Normalisation.length(size);
    float[] values = new float[indices.length * length];
    for (int i = 0; i < indices.length; i++) {
      Pixels image = change.apply(pixels.get(indices[i]), images.get(indices[i]).path());
      Normalisation.write(image, values, i * length);
    }
    return new Batch(values, indices.length, Normalisation.CHANNELS, size, size);
  }

  /** The classes of some of the images. */
  public int[] labels(int... indices) {
    int[] labels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      labels[i] = images.get(indices[i]).label();
    }
    return labels;
  }
}
