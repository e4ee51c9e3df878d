package org.bagnetlab.vision.dataset;

import java.util.Locale;

/**
 * An image of a data set.
 *
 * @param path its path in the data set, for example {@code train/Suburb/image_0001.jpg}
 * @param label its class
 * @param folder the folder in which the authors of the data set put it
 */
public record SceneImage(String path, int label, Folder folder) {

  /** The original division of a data set's images into training and test images. */
  public enum Folder {
    TRAIN,
    TEST;

    /** The name of such a folder, also used in messages. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
