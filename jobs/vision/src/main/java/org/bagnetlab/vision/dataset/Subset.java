package org.bagnetlab.vision.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some images of each class, at random. The same images and seed give the same subset, and a larger
 * one contains a smaller one.
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
}
