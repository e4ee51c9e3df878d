package org.bagnetlab.vision.dataset.duplicate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.vision.dataset.SceneImage;

/**
 * The duplicate images of a data set, as pairs that connect them: n copies of an image give n - 1
 * pairs.
 *
 * @param threshold the smallest correlation of thumbnails at which images count as duplicates
 * @param pairs the pairs in the order of their paths
 */
public record DuplicatePairs(double threshold, List<DuplicatePair> pairs) {

  /**
   * No pairs. Used if images are not compared, either because each is generated independently or
   * because no duplicates are left out anyway.
   */
  public static final DuplicatePairs NONE =
      new DuplicatePairs(DuplicateSearch.THRESHOLD, List.of());

  /** The images that are duplicates of one of the others. */
  public List<SceneImage> repeated(List<SceneImage> images, List<SceneImage> others) {
    Map<String, String> groups = groups();
    Set<String> seen = new HashSet<>();
    others.forEach(other -> seen.add(groups.getOrDefault(other.path(), other.path())));
    return images.stream()
        .filter(image -> seen.contains(groups.getOrDefault(image.path(), image.path())))
        .toList();
  }

  /**
   * For each image that occurs in a pair, one image that represents its whole group of connected
   * duplicates.
   */
  private Map<String, String> groups() {
    Map<String, String> parents = new HashMap<>();
    for (DuplicatePair pair : pairs) {
      parents.put(root(parents, pair.second()), root(parents, pair.first()));
    }
    Map<String, String> groups = new HashMap<>();
    for (DuplicatePair pair : pairs) {
      groups.put(pair.first(), root(parents, pair.first()));
      groups.put(pair.second(), root(parents, pair.second()));
    }
    return groups;
  }

  private static String root(Map<String, String> parents, String path) {
    String root = path;
    String parent = parents.getOrDefault(root, root);
    while (!parent.equals(root)) {
      root = parent;
      parent = parents.getOrDefault(root, root);
    }
    return root;
  }
}
