package org.bagnetlab.vision.cueconflict;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.bagnetlab.vision.dataset.generated.ConflictingCues;

/**
 * A network's decisions on images with conflicting cues.
 *
 * @param all one decision for each image
 */
public record CueDecisions(List<CueDecision> all) {

  /** Copies the list. */
  public CueDecisions {
    all = List.copyOf(all);
  }

  /** The decisions on images whose cues satisfy a condition. */
  public CueDecisions where(Predicate<ConflictingCues> chosen) {
    return new CueDecisions(all.stream().filter(decision -> chosen.test(decision.cues())).toList());
  }

  /** The number of decisions that follow a cue. */
  public int count(CueDecision.Follows follows) {
    return (int) all.stream().filter(decision -> decision.follows() == follows).count();
  }

  /** The number of decisions that follow either cue: the denominator of the shape bias. */
  public int following() {
    return count(CueDecision.Follows.SHAPE) + count(CueDecision.Follows.TEXTURE);
  }

  /**
   * The share of shape decisions among shape and texture decisions (Geirhos et al. 2019, section
   * 2), in [0, 1]; empty if there are no such decisions.
   */
  public OptionalDouble shapeBias() {
    int following = following();
    return following == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) count(CueDecision.Follows.SHAPE) / following);
  }
}
