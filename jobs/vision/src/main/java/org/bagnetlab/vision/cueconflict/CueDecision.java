package org.bagnetlab.vision.cueconflict;

import java.util.Locale;
import org.bagnetlab.vision.dataset.generated.ConflictingCues;

/**
 * What a network took an image for, whose cues contradict each other.
 *
 * @param cues of the image
 * @param follows the cue that fits the class it was taken for
 */
public record CueDecision(ConflictingCues cues, Follows follows) {

  /** What a decision follows. */
  public enum Follows {
    /** The lattice. */
    SHAPE,
    /** The marks. */
    TEXTURE,
    /** Neither. */
    OTHER;

    /** Its name in results. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A decision for the class of this name. */
  public static CueDecision of(ConflictingCues cues, String predicted) {
    return new CueDecision(
        cues,
        cues.shape().contains(predicted)
            ? Follows.SHAPE
            : cues.texture().contains(predicted) ? Follows.TEXTURE : Follows.OTHER);
  }
}
