package org.bagnetlab.vision.dataset.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePair;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.split.Split;

/**
 * Writes warnings about images that can be imported but may not be used as users expect. Each
 * warning has one or two sentences.
 */
final class DatasetWarnings {

  private DatasetWarnings() {}

  /** Warnings about the folders of images. */
  static List<String> of(Layout layout) {
    List<String> warnings = new ArrayList<>();
    long test =
        layout.images().values().stream()
            .filter(image -> image.folder() == SceneImage.Folder.TEST)
            .count();
    if (layout.validation() > 0) {
      warnings.add(
          "The folder for validation is not kept apart: its images (%d) count as training images, from which each training draws its own for validation%s."
              .formatted(layout.validation(), test > 0 ? "" : " and test"));
    }
    if (test < layout.images().size()) {
      Split.problem(layout.classes(), layout.images().values()).ifPresent(warnings::add);
    }
    Map<String, List<String>> spellings =
        layout.classes().stream()
            .collect(
                Collectors.groupingBy(
                    name -> name.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
    spellings.values().stream()
        .filter(names -> names.size() > 1)
        .map(DatasetWarnings::differInCase)
        .forEach(warnings::add);
    return warnings;
  }

  private static String differInCase(List<String> names) {
    return "%s are %d classes, since their names differ in upper and lower case: rename the folders if they are one."
        .formatted(String.join(" and ", names), names.size());
  }

  /** Warnings about the folders, and about images in both the training and the test folder. */
  static List<String> of(Layout layout, DuplicatePairs duplicates) {
    List<String> warnings = of(layout);
    long across = duplicates.pairs().stream().filter(DuplicatePair::crossSplit).count();
    if (across > 0) {
      warnings.add(
          "%s between training and test images: test accuracies count them unless a training leaves duplicates out (duplicates: leave-out)."
              .formatted(across == 1 ? "1 duplicate" : across + " duplicates"));
    }
    return warnings;
  }
}
