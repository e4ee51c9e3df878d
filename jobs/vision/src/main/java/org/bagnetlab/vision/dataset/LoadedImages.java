package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A part of a split, held in memory. Each image is decoded and resized once, either at its first
 * use or earlier by a background thread, so that work can begin before all images are read.
 */
public final class LoadedImages {

  private final SceneDataset dataset;
  private final List<SceneImage> images;
  private final int size;
  private final AtomicReferenceArray<@Nullable Pixels> pixels;
  private final BiFunction<Pixels, String, Pixels> change;

  /** The failure of the background thread in any of the parts that it reads. */
  private final AtomicReference<@Nullable Throwable> failure;

  private LoadedImages(
      SceneDataset dataset,
      List<SceneImage> images,
      int size,
      AtomicReferenceArray<@Nullable Pixels> pixels,
      BiFunction<Pixels, String, Pixels> change,
      AtomicReference<@Nullable Throwable> failure) {
    this.dataset = dataset;
    this.images = images;
    this.size = size;
    this.pixels = pixels;
    this.change = change;
    this.failure = failure;
  }

  /**
   * Starts to read the parts one after another. If an image cannot be read, or does not fit into
   * memory, the next {@link #batch} of every part fails, so that the problem is detected early
   * instead of after hours of training.
   *
   * @param size side of the square images in pixels
   * @return the parts, in the same order
   */
  public static List<LoadedImages> of(
      SceneDataset dataset, List<List<SceneImage>> parts, int size) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<LoadedImages> all =
        parts.stream().map(part -> unread(dataset, part, size, failure)).toList();
    Thread ahead = new Thread(() -> readAhead(all, failure), "images");
    ahead.setDaemon(true);
    ahead.start();
    return all;
  }

  /**
   * A part of which each image is read only when a {@link #batch} needs it.
   *
   * @param size side of the square images in pixels
   */
  public static LoadedImages whenUsed(SceneDataset dataset, List<SceneImage> part, int size) {
    return unread(dataset, part, size, new AtomicReference<>());
  }

  private static LoadedImages unread(
      SceneDataset dataset,
      List<SceneImage> part,
      int size,
      AtomicReference<@Nullable Throwable> failure) {
    return new LoadedImages(
        dataset,
        List.copyOf(part),
        size,
        new AtomicReferenceArray<>(part.size()),
        (image, path) -> image,
        failure);
  }

  private static void readAhead(
      List<LoadedImages> parts, AtomicReference<@Nullable Throwable> failure) {
    try {
      for (LoadedImages part : parts) {
        for (int i = 0; i < part.count(); i++) {
          part.read(i);
        }
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failure.set(e);
    }
  }

  private Pixels read(int index) throws IOException {
    Pixels known = pixels.get(index);
    if (known != null) {
      return known;
    }
    Pixels read = dataset.read(images.get(index), size);
    pixels.set(index, read);
    return read;
  }

  /** These images, transformed at each use by a function of their pixels and path. */
  public LoadedImages changedBy(BiFunction<Pixels, String, Pixels> function) {
    return new LoadedImages(dataset, images, size, pixels, function, failure);
  }

  /** Side of the square images in pixels. */
  public int side() {
    return size;
  }

  /** The number of images. */
  public int count() {
    return images.size();
  }

  /** The path and the label of an image. */
  public SceneImage image(int index) {
    return images.get(index);
  }

  /**
   * Some of the images as a network's input.
   *
   * @throws UncheckedIOException if an image cannot be read, possibly one that was not requested;
   *     the message of the cause names it
   */
  public Batch batch(int... indices) {
    int length = Normalisation.length(size);
    float[] values = new float[indices.length * length];
    try {
      checkAhead();
      for (int i = 0; i < indices.length; i++) {
        Pixels image = change.apply(read(indices[i]), images.get(indices[i]).path());
        Normalisation.write(image, values, i * length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Batch(values, indices.length, Normalisation.CHANNELS, size, size);
  }

  private void checkAhead() throws IOException {
    Throwable seen = failure.get();
    if (seen instanceof IOException unreadable) {
      throw unreadable;
    }
    if (seen instanceof Error lacking) {
      throw lacking;
    }
    if (seen instanceof RuntimeException defect) {
      throw defect;
    }
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
