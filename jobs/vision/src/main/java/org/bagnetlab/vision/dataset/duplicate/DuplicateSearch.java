package org.bagnetlab.vision.dataset.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Finds duplicate images: identical files, and images whose thumbnails correlate. Each image is
 * compared with those before it; one match in a group of duplicates is enough, so there are fewer
 * pairs than images.
 */
public final class DuplicateSearch {

  /**
   * The smallest correlation of thumbnails at which images count as duplicates. In the 15-scene
   * database, all pairs above it are the same photograph.
   */
  static final double THRESHOLD = .99;

  private record Seen(String path, SceneImage.Folder folder, String checksum, Thumbnail thumbnail) {

    DuplicatePair pair(Seen later, boolean identical, double correlation) {
      return new DuplicatePair(path, later.path, identical, correlation, folder != later.folder);
    }
  }

  private final List<Seen> all = new ArrayList<>();

  /**
   * Adds an image.
   *
   * @param path path that identifies the image in the pairs
   * @param checksum checksum of its file
   */
  public void add(String path, SceneImage.Folder folder, String checksum, Pixels image) {
    all.add(new Seen(path, folder, checksum, Thumbnail.of(image)));
  }

  /** The pairs among the images, independent of the order in which they were added. */
  public DuplicatePairs found() {
    all.sort(Comparator.comparing(Seen::path));
    List<DuplicatePair> pairs = new ArrayList<>();
    Map<String, Seen> different = new LinkedHashMap<>();
    for (Seen seen : all) {
      Seen same = different.putIfAbsent(seen.checksum(), seen);
      if (same != null) {
        pairs.add(same.pair(seen, true, 1));
      }
    }
    similar(List.copyOf(different.values()), pairs);
    pairs.sort(Comparator.comparing(DuplicatePair::first).thenComparing(DuplicatePair::second));
    return new DuplicatePairs(THRESHOLD, List.copyOf(pairs));
  }

  /** Adds pairs of correlated images that are not yet connected by other pairs. */
  private static void similar(List<Seen> images, List<DuplicatePair> pairs) {
    int[] group = new int[images.size()];
    Arrays.setAll(group, i -> i);
    for (int later = 0; later < group.length; later++) {
      Seen other = images.get(later);
      for (int earlier = 0; earlier < later; earlier++) {
        Seen one = images.get(earlier);
        if (one.thumbnail().differs(other.thumbnail(), THRESHOLD)
            || group[earlier] == group[later]) {
          continue;
        }
        double correlation = one.thumbnail().correlation(other.thumbnail());
        if (correlation >= THRESHOLD) {
          pairs.add(one.pair(other, false, correlation));
          join(group, group[later], group[earlier]);
        }
      }
    }
  }

  private static void join(int[] groups, int one, int other) {
    for (int i = 0; i < groups.length; i++) {
      groups[i] = groups[i] == one ? other : groups[i];
    }
  }
}
