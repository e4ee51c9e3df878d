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

  private LoadedImages(List<SceneImage> images, List<Pixels> pixels, int size) {
    this.images = images;
    this.pixels = pixels;
    this.size = size;
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
    return new LoadedImages(List.copyOf(images), pixels, size);
  }

  /** The same images, each changed by a function of its pixels and its path. */
  public LoadedImages map(BiFunction<Pixels, String, Pixels> change) {
    List<Pixels> changed = new ArrayList<>(pixels.size());
    for (int i = 0; i < pixels.size(); i++) {
      changed.add(change.apply(pixels.get(i), images.get(i).path()));
    }
    return new LoadedImages(images, changed, size);
  }

  /** Number of images. */
  public int count() {
    return images.size();
  }

  /** What the image is. */
  public SceneImage image(int index) {
    return images.get(index);
  }

  /** The image itself. */
  public Pixels pixels(int index) {
    return pixels.get(index);
  }

  /** A network's input of some of the images. */
  public Batch batch(int... indices) {
    int length = Normalisation.length(size);
    float[] values = new float[indices.length * length];
    for (int i = 0; i < indices.length; i++) {
      Normalisation.write(pixels.get(indices[i]), values, i * length);
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
