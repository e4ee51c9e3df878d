package org.bagnetlab.vision.dataset;

import java.util.Locale;

/**
 * An image of a data set.
 *
 * @param path its name in the data set, for example {@code train/Suburb/image_0001.jpg}
 * @param label its class
 * @param folder which folder the authors put it in
 */
public record SceneImage(String path, int label, Folder folder) {

  /** The division of the images that a data set comes with. */
  public enum Folder {
    TRAIN,
    TEST;

    /** How it is said, and what such a folder is called. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
