package org.bagnetlab.vision.dataset.imported;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bagnetlab.vision.dataset.SceneImage;

/**
 * The class and folder of each file of a source. Supports the usual layouts: {@code
 * train/<Class>/file} with {@code test/<Class>/file}, and {@code <Class>/file}, each below any
 * number of common folders. Files in a validation folder count as training images.
 *
 * @param classes class names, sorted; if names consist of digits only, they are sorted as numbers
 * @param images images by their path in the source
 * @param validation number of images in validation folders
 */
record Layout(List<String> classes, Map<String, SceneImage> images, int validation) {

  private static final Set<String> TEST = Set.of("test", "testing");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

  private static final int FEWEST_CLASSES = 2;

  private record Place(String path, SceneImage.Folder folder, String className) {}

  /**
   * Determines the layout from the paths.
   *
   * @throws DatasetException if the layout is unknown
   */
  static Layout of(List<String> paths) throws DatasetException {
    if (paths.isEmpty()) {
      throw new DatasetException(
          "It contains no images. Expected train/<Class>/*.jpg and test/<Class>/*.jpg,"
              + " or <Class>/*.jpg.");
    }
    List<Place> places = new ArrayList<>();
    SortedSet<String> names = new TreeSet<>(Layout::compareNames);
    int validation = 0;
    for (String path : paths) {
      String[] parts = path.split("/");
      if (parts.length < 2) {
        throw new DatasetException(
            "'%s' is not in a class folder. Expected train/<Class>/*.jpg and test/<Class>/*.jpg,"
                    .formatted(path)
                + " or <Class>/*.jpg.");
      }
      String className = parts[parts.length - 2];
      if (className.isBlank()) {
        throw new DatasetException(
            "'%s' is in a class without a name. Give its folder a name.".formatted(path));
      }
      String above = parts.length > 2 ? parts[parts.length - 3].toLowerCase(Locale.ROOT) : "";
      validation += VALIDATION.contains(above) ? 1 : 0;
      places.add(
          new Place(
              path,
              TEST.contains(above) ? SceneImage.Folder.TEST : SceneImage.Folder.TRAIN,
              className));
      names.add(className);
    }
    if (names.size() < FEWEST_CLASSES) {
      throw new DatasetException(
          "All images belong to one class, '%s'. Expected one folder per class."
              .formatted(names.first()));
    }
    List<String> classes = List.copyOf(names);
    requireDistinct(classes);
    Map<String, Integer> labels = new HashMap<>();
    classes.forEach(name -> labels.put(name, labels.size()));
    Map<String, SceneImage> images = new TreeMap<>();
    for (Place place : places) {
      String file = place.path().substring(place.path().lastIndexOf('/') + 1);
      String path = "%s/%s/%s".formatted(place.folder().text(), place.className(), file);
      int label = labels.getOrDefault(place.className(), -1);
      images.put(place.path(), new SceneImage(path, label, place.folder()));
    }
    return new Layout(classes, images, validation);
  }

  /**
   * Rejects class names that look the same: they belong to one class whose folders were created on
   * two systems.
   */
  private static void requireDistinct(List<String> classes) throws DatasetException {
    Set<String> shown = new HashSet<>();
    for (String name : classes) {
      if (!shown.add(Normalizer.normalize(name, Normalizer.Form.NFC))) {
        throw new DatasetException(
            "Two class folders are named '%s', with different Unicode characters that look the same. Put their images into one folder."
                .formatted(name));
      }
    }
  }

  private static int compareNames(String a, String b) {
    boolean numbers = a.matches("\\d{1,9}") && b.matches("\\d{1,9}");
    int byNumber = numbers ? Integer.compare(Integer.parseInt(a), Integer.parseInt(b)) : 0;
    return byNumber != 0 ? byNumber : a.compareTo(b);
  }
}
