package org.bagnetlab.vision.dataset.duplicate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.vision.dataset.SceneImage;

/**
 * Which images of a data set show the same, as pairs that connect them: n copies of an image are n
 * - 1 pairs.
 *
 * @param threshold the correlation of thumbnails from which images are taken for the same
 * @param pairs in the order of their paths
 */
public record DuplicatePairs(double threshold, List<DuplicatePair> pairs) {

  /** Of images that are not compared, since each is generated for itself or stays anyway. */
  public static final DuplicatePairs NONE =
      new DuplicatePairs(DuplicateSearch.THRESHOLD, List.of());

  /** The images that show the same as one of the others. */
  public List<SceneImage> repeated(List<SceneImage> images, List<SceneImage> others) {
    Map<String, String> groups = groups();
    Set<String> seen = new HashSet<>();
    others.forEach(other -> seen.add(groups.getOrDefault(other.path(), other.path())));
    return images.stream()
        .filter(image -> seen.contains(groups.getOrDefault(image.path(), image.path())))
        .toList();
  }

  /** For each image of a pair one that stands for all that are connected with it. */
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
