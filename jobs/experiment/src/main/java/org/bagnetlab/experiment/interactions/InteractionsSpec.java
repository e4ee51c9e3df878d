package org.bagnetlab.experiment.interactions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Measures whether the effects of masks on different parts of an image add up.
 *
 * @param on the network and its images
 * @param mostImages largest number of images that are used
 * @param patches sides of the masked patches in pixels
 * @param gaps pixels between neighbouring patches
 * @param masks largest number of patches in a row, and in a column
 */
public record InteractionsSpec(
    @JsonUnwrapped NetworkImages on,
    int mostImages,
    WholeNumbers patches,
    WholeNumbers gaps,
    int masks)
    implements OnImages {

  /**
   * Masked patches of one size and gap.
   *
   * @param patch side in pixels
   * @param gap pixels between neighbouring patches
   * @param across patches in a row, and in a column
   */
  public record Layout(int patch, int gap, int across) {

    /** Number of copies of an image: one with all patches masked, and one for each patch. */
    public int copies() {
      return 1 + across * across;
    }
  }

  /** The layouts with room for at least two patches in a row of images of this size. */
  public List<Layout> layouts(int imageSize) {
    return layouts(patches, gaps, masks, imageSize);
  }

  static List<Layout> layouts(WholeNumbers patches, WholeNumbers gaps, int masks, int imageSize) {
    return patches.values().stream()
        .flatMap(
            patch ->
                gaps.values().stream()
                    .map(
                        gap ->
                            new Layout(
                                patch, gap, Math.min(masks, (imageSize + gap) / (patch + gap)))))
        .filter(layout -> layout.across() > 1)
        .toList();
  }

  @Override
  public String kind() {
    return InteractionsExperiment.NAME;
  }
}
