package org.bagnetlab.vision.predictivepatches;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.bagnetlab.vision.network.LogitMap;

/**
 * The patches with the highest logits of each class (Brendel and Bethge, 2019, figure 4). An image
 * is there at most once for a class, with its best patch, so no two patches overlap.
 */
public final class PatchRanking {

  /** The highest logit first; of equal ones the earlier image. */
  private static final Comparator<BestPatch> ORDER =
      Comparator.comparingDouble(BestPatch::logit).reversed().thenComparing(BestPatch::image);

  private final List<List<BestPatch>> byClass = new ArrayList<>();

  /** Of no images yet. */
  public PatchRanking(int classes) {
    for (int label = 0; label < classes; label++) {
      byClass.add(new ArrayList<>());
    }
  }

  /**
   * Adds an image.
   *
   * @param maps patch logits of a batch
   * @param image the image's number in the batch
   * @param index its number among all images
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
   * The patches with the highest logits of a class, from the highest on.
   *
   * @param most number of them; fewer if there are fewer images
   * @param images the images that count
   */
  public List<BestPatch> top(int label, int most, IntPredicate images) {
    return byClass.get(label).stream()
        .filter(patch -> images.test(patch.image()))
        .sorted(ORDER)
        .limit(most)
        .toList();
  }
}
