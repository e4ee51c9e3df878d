package org.bagnetlab.vision.patchrobustness;

import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.network.LogitMap;

/**
 * Classifies an image by its logit map after masking, for each class, the square window of cells
 * with the most evidence for the class, since an adversarial patch could have produced this
 * evidence. Evidence is a positive logit; a negative one counts as 0. The class with the most
 * evidence outside its window is predicted; if several are equal, the first of them.
 *
 * <p>This is the robust masking of Xiang et al. (PatchGuard, USENIX Security 2021, section 3) with
 * a detection threshold of 0. Like {@link #certifies their certificate}, it is specific to one size
 * of adversarial patches.
 *
 * <p><b>Windows.</b> A square of p x p pixels that begins at pixel a touches the patch of q pixels
 * that begins at i s if a - q + 1 <= i s <= a + p - 1. An interval of p + q - 1 whole numbers
 * contains at most ceil((p + q - 1) / s) multiples of s, so a window with this number of cells on
 * each side contains all cells that a square at any place can change.
 */
public final class RobustMasking {

  /**
   * Largest difference between engines for logits of up to 1, computed in float32: the engines'
   * tests allow this difference from PyTorch, and half of it from the logits of single patches.
   */
  private static final double ROUNDING = 2e-4;

  private final List<ClassEvidence> classes;
  private final List<CellWindow> windows;
  private final int cells;

  /** For each class, the evidence in the window with the most evidence for it. */
  private final long[] masked;

  private RobustMasking(List<ClassEvidence> classes, List<CellWindow> windows, int cells) {
    this.classes = classes;
    this.windows = windows;
    this.cells = cells;
    this.masked =
        classes.stream()
            .mapToLong(each -> windows.stream().mapToLong(each::within).max().orElse(0))
            .toArray();
  }

  /**
   * Masks an image's logit map.
   *
   * @param map logit maps of a batch
   * @param image index of the image in the batch
   * @param windowSide side of the masked windows in cells; if the map is smaller, it is masked
   *     completely
   */
  public static RobustMasking of(LogitMap map, int image, int windowSide) {
    return new RobustMasking(
        IntStream.range(0, map.classes())
            .mapToObj(label -> ClassEvidence.of(map, image, label))
            .toList(),
        CellWindow.all(windowSide, map.height(), map.width()),
        map.height() * map.width());
  }

  /**
   * The side in cells of the windows that contain every patch of a network that a square touches.
   *
   * @param square side of the adversary's square in pixels
   * @param field side of the network's patches in pixels
   * @param stride distance between neighbouring patches in pixels
   */
  public static int windowSide(int square, int field, int stride) {
    return (square + field - 1 + stride - 1) / stride;
  }

  /**
   * How much a logit of an image may change by rounding although its patch is unchanged: an engine
   * may add in another order if other pixels have changed. This bound is proportional to the
   * largest magnitude of a logit of the image, or to 1 if all are smaller.
   */
  public static double rounding(LogitMap map, int image) {
    double largest = 1;
    int each = map.classes() * map.height() * map.width();
    for (int i = image * each; i < (image + 1) * each; i++) {
      largest = Math.max(largest, Math.abs(map.values()[i]));
    }
    return ROUNDING * largest;
  }

  /** The predicted class. */
  public int predicted() {
    int best = 0;
    for (int label = 1; label < masked.length; label++) {
      best = left(label) > left(best) ? label : best;
    }
    return best;
  }

  /** The evidence for a class outside its window. */
  private long left(int label) {
    return classes.get(label).total() - masked[label];
  }

  /**
   * Whether a class is certified if logits are exact; see {@link #certifies(int, double)} with a
   * rounding of 0.
   */
  public boolean certifies(int label) {
    return certifies(label, 0);
  }

  /**
   * Whether a class is predicted for all possible logits that an adversary can give to all classes
   * in all cells of one window, and therefore for any content of a square of pixels that touches no
   * other cells. The class is then also predicted if nothing is changed. If there is only one
   * class, it is always predicted.
   *
   * <p><b>Proof.</b> Let E_c(A) be the evidence for class c in the cells A of the unchanged map,
   * and E'_c(A) the evidence after the adversary changed the cells of a window w. Evidence is not
   * negative, and it is unchanged outside of w. A class's score is S'_c = E'_c(all) - E'_c(v),
   * where v is the window with the largest E'_c(v).
   *
   * <ul>
   *   <li>Another class c gains nothing from w: E'_c(v) >= E'_c(w), so S'_c <= E'_c(outside of w) =
   *       E_c(outside of w).
   *   <li>The class y keeps its evidence outside of w and of any second window: S'_y = E'_y(outside
   *       of v) >= E'_y(outside of v and w) = E_y(outside of v and w) >= E_y(outside of w) - max
   *       over windows u of E_y(u without w).
   * </ul>
   *
   * <p>If the last number exceeds E_c(outside of w) for all other c and all w, then S'_y > S'_c,
   * and y is predicted. These are the bounds of Xiang et al., section 4, lemmas 1 and 2. Both
   * bounds are attained, with much evidence for the other classes and none for y in w. So if the
   * condition does not hold without rounding, some change of one window's logits gives another
   * class at least y's score.
   *
   * <p><b>Rounding.</b> If every logit outside of w may also differ by r, the evidence of every
   * cell may differ by r, and the two sides of the last step by n r each for a map of n cells. So
   * the excess must be more than 2 n r. That r bounds an engine's rounding, as {@link #rounding}
   * assumes, is tested but not proven.
   *
   * @param rounding possible difference of a logit if the adversary changed no pixel of its patch
   */
  public boolean certifies(int label, double rounding) {
    if (classes.size() == 1) {
      return true;
    }
    long least = 2L * cells * ClassEvidence.parts(rounding);
    ClassEvidence own = classes.get(label);
    for (CellWindow changed : windows) {
      long left = own.total() - own.within(changed);
      long others = mostOfOthers(label, changed) + least;
      // Excluding the changed cells, no window has more evidence than the window with the most
      // evidence.
      if (left - masked[label] <= others && left - mostWithout(own, changed) <= others) {
        return false;
      }
    }
    return true;
  }

  private long mostOfOthers(int label, CellWindow changed) {
    long most = 0;
    for (int other = 0; other < classes.size(); other++) {
      if (other != label) {
        ClassEvidence evidence = classes.get(other);
        most = Math.max(most, evidence.total() - evidence.within(changed));
      }
    }
    return most;
  }

  private long mostWithout(ClassEvidence evidence, CellWindow changed) {
    long most = 0;
    for (CellWindow window : windows) {
      most = Math.max(most, evidence.within(window) - evidence.within(window.and(changed)));
    }
    return most;
  }
}
