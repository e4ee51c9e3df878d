package org.bagnetlab.storage.annotation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The annotations of a job by users.
 *
 * @param job its number
 * @param tags sorted, without blanks or duplicates
 * @param note never empty
 */
public record AnnotationRow(long job, List<String> tags, Optional<String> note) {

  /** A job without annotations. */
  public static AnnotationRow none(long job) {
    return new AnnotationRow(job, List.of(), Optional.empty());
  }

  /** A copy with tags added and removed; a tag in both collections stays. */
  public AnnotationRow withTags(Collection<String> added, Collection<String> removed) {
    Set<String> changed = new TreeSet<>(tags);
    changed.removeAll(Set.copyOf(removed));
    changed.addAll(added);
    return new AnnotationRow(job, List.copyOf(changed), note);
  }

  /** A copy with another note; an empty text removes it. */
  public AnnotationRow withNote(String other) {
    return new AnnotationRow(job, tags, Optional.of(other).filter(text -> !text.isEmpty()));
  }
}
