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
 * Some images of many: some of each class at random, or evenly spaced ones. The same random choice
 * follows from the same images and seed, and a larger one contains a smaller one.
 */
public final class Subset {

  private Subset() {}

  /**
   * Takes them, in the order of the images.
   *
   * @param most images of a class, at most
   */
  public static List<SceneImage> of(List<SceneImage> images, int most, long seed) {
    Map<Integer, List<SceneImage>> byClass =
        images.stream()
            .sorted(Comparator.comparing(SceneImage::path))
            .collect(Collectors.groupingBy(SceneImage::label));
    Set<SceneImage> taken = new HashSet<>();
    for (List<SceneImage> all : byClass.values()) {
      // A separate random stream for each class, whatever its number: that differs with the
      // network.
      List<SceneImage> shuffled = new ArrayList<>(all);
      Collections.shuffle(
          shuffled, new Random(seed * 1_000_003 + shuffled.get(0).path().hashCode()));
      taken.addAll(shuffled.subList(0, Math.min(most, shuffled.size())));
    }
    return images.stream().filter(taken::contains).toList();
  }

  /** So many of the images, or all, evenly spaced: images that are sorted by class are of all. */
  public static List<SceneImage> spread(List<SceneImage> images, int most) {
    int count = Math.min(most, images.size());
    return IntStream.range(0, count).mapToObj(i -> images.get(i * images.size() / count)).toList();
  }
}
