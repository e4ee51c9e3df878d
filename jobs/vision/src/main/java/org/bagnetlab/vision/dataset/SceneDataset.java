package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.dataset.image.Pixels;

/** Labelled images. */
public interface SceneDataset {

  /** The name in requests and results. */
  String name();

  /** The names of the classes; an image's label is an index into these. */
  List<String> classes();

  /** All images, in the order of their paths. */
  List<SceneImage> images();

  /** SHA-256 of the names and contents of all images, as 64 hexadecimal digits. */
  String checksum();

  /**
   * How the images are resized, as stated in exports; {@code generated} if they are drawn at the
   * requested size.
   */
  default String preparation() {
    return "generated";
  }

  /**
   * Reads an image as a network sees it, before normalisation.
   *
   * @param size side of the square result in pixels
   * @throws IOException if the image cannot be read or decoded; the message names it
   */
  Pixels read(SceneImage image, int size) throws IOException;

  /** The image of this path. */
  default Optional<SceneImage> find(String path) {
    return images().stream().filter(image -> image.path().equals(path)).findFirst();
  }
}
