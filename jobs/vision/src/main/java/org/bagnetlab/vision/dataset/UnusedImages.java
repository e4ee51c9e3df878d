package org.bagnetlab.vision.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Images that a network can be measured on because no part of a split has them: those of the test
 * folder, or of the whole data set where it has no test folder.
 */
public final class UnusedImages {

  private UnusedImages() {}

  /**
   * Finds them, in the data set's order.
   *
   * @param split the network's; empty: it was not trained on the data set
   */
  public static List<SceneImage> of(SceneDataset dataset, Optional<Split> split) {
    Set<String> used = new HashSet<>();
    split.ifPresent(
        parts ->
            Stream.of(parts.train(), parts.validation(), parts.test())
                .flatMap(List::stream)
                .forEach(image -> used.add(image.path())));
    boolean divided = dataset.images().stream().anyMatch(UnusedImages::inTestFolder);
    return dataset.images().stream()
        .filter(image -> !divided || inTestFolder(image))
        .filter(image -> !used.contains(image.path()))
        .toList();
  }

  private static boolean inTestFolder(SceneImage image) {
    return image.folder() == SceneImage.Folder.TEST;
  }
}
