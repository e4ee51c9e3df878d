package org.bagnetlab.vision.dataset.generated;

import java.util.Set;

/**
 * The two cues of an image of {@link Controlled15CueConflict}, and the classes of {@link
 * Controlled15} that match each of them. No class matches both.
 *
 * @param lattice the class whose lattice the image has: the long-range cue, called shape
 * @param marks name of its marks: the local cue, called texture
 * @param shape names of the classes that match the lattice, as far as it is visible with these
 *     marks
 * @param texture names of the classes with these marks
 */
public record ConflictingCues(
    String lattice, String marks, Set<String> shape, Set<String> texture) {

  /** Copies the sets. */
  public ConflictingCues {
    shape = Set.copyOf(shape);
    texture = Set.copyOf(texture);
  }
}
