package org.bagnetlab.experiment.interactions;

import java.util.List;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Masked patches of one size and gap.
 *
 * @param patch side in pixels
 * @param gap pixels between neighbouring patches
 * @param across number of patches in a row, and in a column
 */
public record MaskLayout(int patch, int gap, int across) {

  /** Number of copies of an image: one with all patches masked, and one for each patch. */
  public int copies() {
    return 1 + across * across;
  }

  /** The layouts with room for at least two patches in a row of images of this size. */
  static List<MaskLayout> fitting(
      WholeNumbers patches, WholeNumbers gaps, int masks, int imageSize) {
    return patches.values().stream()
        .flatMap(
            patch ->
                gaps.values().stream()
                    .map(
                        gap ->
                            new MaskLayout(
                                patch, gap, Math.min(masks, (imageSize + gap) / (patch + gap)))))
        .filter(layout -> layout.across() > 1)
        .toList();
  }
}
