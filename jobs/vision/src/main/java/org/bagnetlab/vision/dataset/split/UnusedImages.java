package org.bagnetlab.vision.dataset.split;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;

/**
 * Finds images on which a network can be evaluated because they are in no part of its split. They
 * are taken from the test folder, or from the whole data set if it has no test folder.
 */
public final class UnusedImages {

  private UnusedImages() {}

  /**
   * Finds the images, in the data set's order.
   *
   * @param split the network's split; empty if it was not trained on the data set
   * @param leftOut duplicate pairs; images that are duplicates of an image in the split are
   *     excluded, too
   */
  public static List<SceneImage> of(
      SceneDataset dataset, Optional<Split> split, DuplicatePairs leftOut) {
    List<SceneImage> used =
        split.stream()
            .flatMap(parts -> Stream.of(parts.train(), parts.validation(), parts.test()))
            .flatMap(List::stream)
            .toList();
    Set<SceneImage> known = new HashSet<>(used);
    known.addAll(leftOut.repeated(dataset.images(), used));
    boolean divided = dataset.images().stream().anyMatch(UnusedImages::inTestFolder);
    return dataset.images().stream()
        .filter(image -> !divided || inTestFolder(image))
        .filter(image -> !known.contains(image))
        .toList();
  }

  private static boolean inTestFolder(SceneImage image) {
    return image.folder() == SceneImage.Folder.TEST;
  }
}
