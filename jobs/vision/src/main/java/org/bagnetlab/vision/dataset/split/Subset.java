package org.bagnetlab.vision.dataset.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.SceneImage;

/**
 * Chooses a subset of images, either at random from each class or evenly spaced. The same images
 * and seed give the same random choice, and a larger choice contains a smaller one.
 */
public final class Subset {

  private Subset() {}

  /**
   * Chooses images of each class at random, and returns them in their original order.
   *
   * @param most maximum number of images of a class
   */
  public static List<SceneImage> of(List<SceneImage> images, int most, long seed) {
    Map<Integer, List<SceneImage>> byClass =
        images.stream()
            .sorted(Comparator.comparing(SceneImage::path))
            .collect(Collectors.groupingBy(SceneImage::label));
    Set<SceneImage> taken = new HashSet<>();
    for (List<SceneImage> all : byClass.values()) {
      // A separate random stream for each class, independent of the class's number, which differs
      // between networks.
      List<SceneImage> shuffled = new ArrayList<>(all);
      Collections.shuffle(
          shuffled, new Random(seed * 1_000_003 + shuffled.get(0).path().hashCode()));
      taken.addAll(shuffled.subList(0, Math.min(most, shuffled.size())));
    }
    return images.stream().filter(taken::contains).toList();
  }

  /**
   * Chooses evenly spaced images, or all images if there are at most {@code most}. If the images
   * are sorted by class, all classes are included.
   */
  public static List<SceneImage> spread(List<SceneImage> images, int most) {
    int count = Math.min(most, images.size());
    return IntStream.range(0, count).mapToObj(i -> images.get(i * images.size() / count)).toList();
  }
}
