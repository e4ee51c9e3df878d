package org.bagnetlab.vision.dataset.imported;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePair;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.duplicate.DuplicateSearch;
import org.bagnetlab.vision.dataset.image.ImageDecoder;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * The result of checking every image of a folder or zip file.
 *
 * @param images number of image files
 * @param warnings what to know before training on the images, in addition to the findings below
 * @param classes number of images of each class in each folder
 * @param unreadable files that are not complete images
 * @param duplicates byte-identical files: pairs of a copy and the identical file that comes first
 *     by path
 * @param crossSplitDuplicates byte-identical files in both the training and the test folder: each
 *     is paired with the file that comes first by path in the other folder, and no pair occurs
 *     twice
 * @param nearDuplicates files that are not identical but near-duplicates, see {@link
 *     DuplicatePairs}
 * @param sizes smallest and largest sides of readable images, in pixels
 * @param colour number of readable gray and colour images
 */
public record DatasetCheck(
    int images,
    List<String> warnings,
    Map<String, Counts> classes,
    List<DatasetException.Unreadable> unreadable,
    List<List<String>> duplicates,
    List<List<String>> crossSplitDuplicates,
    List<DuplicatePair> nearDuplicates,
    Sizes sizes,
    Colour colour) {

  /** The number of images of a class in each folder. */
  public record Counts(int train, int test) {}

  /** The smallest and largest sides in pixels. */
  public record Sizes(int minWidth, int maxWidth, int minHeight, int maxHeight) {}

  /** The number of gray and of colour images. */
  public record Colour(int gray, int rgb) {}

  private record Seen(String path, SceneImage.Folder folder) {}

  /**
   * Checks all images.
   *
   * @throws DatasetException if the source is not a set of images
   */
  public static DatasetCheck of(Path source, DatasetImport.Progress progress)
      throws IOException, DatasetException {
    try (SourceFiles files = SourceFiles.open(source)) {
      return of(files, Layout.of(files.paths()), progress);
    }
  }

  private static DatasetCheck of(
      SourceFiles files, Layout layout, DatasetImport.Progress progress) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    layout.classes().forEach(name -> counts.put(name, new int[2]));
    List<DatasetException.Unreadable> unreadable = new ArrayList<>();
    Map<String, List<Seen>> byContent = new TreeMap<>();
    DuplicateSearch search = new DuplicateSearch();
    int[] widths = {Integer.MAX_VALUE, 0};
    int[] heights = {Integer.MAX_VALUE, 0};
    int[] colours = new int[2];
    int done = 0;
    for (Map.Entry<String, SceneImage> each : layout.images().entrySet()) {
      SceneImage image = each.getValue();
      int[] count = counts.get(layout.classes().get(image.label()));
      if (count != null) {
        count[image.folder() == SceneImage.Folder.TRAIN ? 0 : 1]++;
      }
      try {
        byte[] bytes = files.read(each.getKey());
        Pixels pixels = ImageDecoder.decode(bytes);
        extend(widths, pixels.width());
        extend(heights, pixels.height());
        colours[pixels.channels() == 1 ? 0 : 1]++;
        String checksum = Sha256.of(bytes);
        search.add(each.getKey(), image.folder(), checksum, pixels);
        byContent
            .computeIfAbsent(checksum, hash -> new ArrayList<>())
            .add(new Seen(each.getKey(), image.folder()));
      } catch (IOException e) {
        unreadable.add(DatasetException.Unreadable.of(each.getKey(), e));
      }
      progress.report(++done, layout.images().size());
    }
    Map<String, Counts> classes = new LinkedHashMap<>();
    counts.forEach((name, count) -> classes.put(name, new Counts(count[0], count[1])));
    boolean any = colours[0] + colours[1] > 0;
    return new DatasetCheck(
        layout.images().size(),
        DatasetWarnings.of(layout),
        classes,
        unreadable,
        pairs(byContent, DatasetCheck::pairsWithFirst),
        pairs(byContent, DatasetCheck::pairsWithFirstAcrossSplits),
        search.found().pairs().stream().filter(pair -> !pair.identical()).toList(),
        any ? new Sizes(widths[0], widths[1], heights[0], heights[1]) : new Sizes(0, 0, 0, 0),
        new Colour(colours[0], colours[1]));
  }

  private static void extend(int[] range, int value) {
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
  }

  private static List<List<String>> pairs(
      Map<String, List<Seen>> byContent, Function<List<Seen>, Stream<List<String>>> pairing) {
    return byContent.values().stream()
        .flatMap(pairing)
        .sorted(
            Comparator.comparing((List<String> pair) -> pair.get(0)).thenComparing(p -> p.get(1)))
        .toList();
  }

  /**
   * Pairs every copy only with the first file of its group, since the number of all pairs grows
   * quadratically.
   */
  private static Stream<List<String>> pairsWithFirst(List<Seen> same) {
    return same.stream().skip(1).map(copy -> List.of(same.get(0).path(), copy.path()));
  }

  /**
   * Pairs every copy with the first file in the other folder, so that every leaked file is
   * reported.
   */
  private static Stream<List<String>> pairsWithFirstAcrossSplits(List<Seen> same) {
    Seen first = same.get(0);
    return same.stream()
        .filter(copy -> copy.folder() != first.folder())
        .findFirst()
        .map(
            other ->
                same.stream()
                    .filter(copy -> !copy.equals(first))
                    .map(copy -> pair(copy, copy.folder() == other.folder() ? first : other)))
        .orElse(Stream.empty());
  }

  private static List<String> pair(Seen a, Seen b) {
    return a.path().compareTo(b.path()) < 0
        ? List.of(a.path(), b.path())
        : List.of(b.path(), a.path());
  }
}
