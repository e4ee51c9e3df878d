package org.bagnetlab.vision.predictivepatches;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.bagnetlab.vision.network.LogitMap;

/**
 * Ranks the patches with the highest logits of each class (Brendel and Bethge, 2019, figure 4). An
 * image occurs at most once in the ranking of a class, with its best patch, so no two patches
 * overlap.
 */
public final class PatchRanking {

  /** Sorts by descending logit; patches with equal logits are in the order of their images. */
  private static final Comparator<BestPatch> ORDER =
      Comparator.comparingDouble(BestPatch::logit).reversed().thenComparing(BestPatch::image);

  private final List<List<BestPatch>> byClass = new ArrayList<>();

  /** Creates an empty ranking. */
  public PatchRanking(int classes) {
    for (int label = 0; label < classes; label++) {
      byClass.add(new ArrayList<>());
    }
  }

  /**
   * Adds an image.
   *
   * @param maps patch logits of a batch
   * @param image index of the image in the batch
   * @param index index of the image among all images
   */
  public void add(LogitMap maps, int image, int index) {
    for (int label = 0; label < maps.classes(); label++) {
      int row = 0;
      int column = 0;
      for (int i = 1; i < maps.height() * maps.width(); i++) {
        float logit = maps.at(image, label, i / maps.width(), i % maps.width());
        if (logit > maps.at(image, label, row, column)) {
          row = i / maps.width();
          column = i % maps.width();
        }
      }
      byClass.get(label).add(new BestPatch(index, row, column, maps.at(image, label, row, column)));
    }
  }

  /**
   * The patches with the highest logits of a class, the highest first.
   *
   * @param most maximum number of patches; fewer if there are fewer images
   * @param images the images to include
   */
  public List<BestPatch> top(int label, int most, IntPredicate images) {
    return byClass.get(label).stream()
        .filter(patch -> images.test(patch.image()))
        .sorted(ORDER)
        .limit(most)
        .toList();
  }
}
