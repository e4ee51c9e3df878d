package org.bagnetlab.vision.dataset.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.GeneratedDataset;
import org.bagnetlab.vision.dataset.imported.ImportedDataset;
import org.bagnetlab.vision.dataset.imported.Manifest;
import org.bagnetlab.vision.dataset.split.Split;

/**
 * The contents of a data set.
 *
 * @param dataset the data set as in a list
 * @param classes number of images of each class
 * @param sizes sizes of the image files; empty if the images are generated
 * @param split number of images that a training with default settings uses; empty if there are too
 *     few images
 */
public record DatasetDetails(
    DatasetFacts dataset,
    List<ClassCounts> classes,
    Optional<Sizes> sizes,
    Optional<SplitCounts> split) {

  private static final int COMMON_SIZES = 3;

  /** The number of images of a class in the training and in the test folder. */
  public record ClassCounts(String name, int train, int test) {}

  /**
   * The sizes of image files in pixels.
   *
   * @param common the most frequent sizes, the most frequent first
   * @param gray number of images with one channel
   */
  public record Sizes(
      int minWidth,
      int maxWidth,
      int minHeight,
      int maxHeight,
      int different,
      List<SizeCount> common,
      int gray) {}

  /** The number of images with a size. */
  public record SizeCount(int width, int height, int images) {}

  /** The number of images in each part of a split. */
  public record SplitCounts(int train, int validation, int test) {}

  private record Size(int width, int height) {}

  /** Counts the images of a data set. */
  public static DatasetDetails of(SceneDataset dataset) {
    int[][] counts = new int[dataset.classes().size()][2];
    for (SceneImage image : dataset.images()) {
      counts[image.label()][image.folder() == SceneImage.Folder.TRAIN ? 0 : 1]++;
    }
    List<ClassCounts> classes = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      classes.add(
          new ClassCounts(dataset.classes().get(label), counts[label][0], counts[label][1]));
    }
    if (dataset instanceof ImportedDataset imported) {
      return new DatasetDetails(
          DatasetFacts.of(imported), classes, sizes(imported.manifest()), split(dataset));
    }
    if (dataset instanceof GeneratedDataset generated) {
      return new DatasetDetails(
          DatasetFacts.of(generated), classes, Optional.empty(), split(dataset));
    }
    throw new IllegalArgumentException("%s is in no list".formatted(dataset.name()));
  }

  private static Optional<Sizes> sizes(Manifest manifest) {
    if (manifest.images().isEmpty()) {
      return Optional.empty();
    }
    Map<Size, Integer> sizes = new LinkedHashMap<>();
    int gray = 0;
    for (Manifest.Entry image : manifest.images()) {
      sizes.merge(new Size(image.width(), image.height()), 1, Integer::sum);
      gray += image.channels() == 1 ? 1 : 0;
    }
    List<SizeCount> common =
        sizes.entrySet().stream()
            .map(
                each ->
                    new SizeCount(each.getKey().width(), each.getKey().height(), each.getValue()))
            .sorted(Comparator.comparingInt(SizeCount::images).reversed())
            .limit(COMMON_SIZES)
            .toList();
    return Optional.of(
        new Sizes(
            sizes.keySet().stream().mapToInt(Size::width).min().orElse(0),
            sizes.keySet().stream().mapToInt(Size::width).max().orElse(0),
            sizes.keySet().stream().mapToInt(Size::height).min().orElse(0),
            sizes.keySet().stream().mapToInt(Size::height).max().orElse(0),
            sizes.size(),
            common,
            gray));
  }

  private static Optional<SplitCounts> split(SceneDataset dataset) {
    if (dataset.images().stream().allMatch(image -> image.folder() == SceneImage.Folder.TEST)) {
      return Optional.of(new SplitCounts(0, 0, dataset.images().size()));
    }
    if (Split.problem(dataset.classes(), dataset.images()).isPresent()) {
      return Optional.empty();
    }
    // The seed determines which images are in a part, but not how many.
    Split split = Split.of(dataset, 1);
    return Optional.of(
        new SplitCounts(split.train().size(), split.validation().size(), split.test().size()));
  }
}
