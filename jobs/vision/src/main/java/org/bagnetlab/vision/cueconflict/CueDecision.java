package org.bagnetlab.vision.cueconflict;

import java.util.Locale;
import org.bagnetlab.vision.dataset.generated.ConflictingCues;

/**
 * A network's decision on an image with conflicting cues.
 *
 * @param cues the cues of the image
 * @param follows the cue that matches the predicted class
 */
public record CueDecision(ConflictingCues cues, Follows follows) {

  /** The cue that a decision follows. */
  public enum Follows {
    /** The class of the lattice. */
    SHAPE,
    /** A class of the marks. */
    TEXTURE,
    /** Neither. */
    OTHER;

    /** Its name in results. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Classifies a prediction of the class with this name. */
  public static CueDecision of(ConflictingCues cues, String predicted) {
    return new CueDecision(
        cues,
        cues.shape().contains(predicted)
            ? Follows.SHAPE
            : cues.texture().contains(predicted) ? Follows.TEXTURE : Follows.OTHER);
  }
}
