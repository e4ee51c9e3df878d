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
 * @param tags without blanks, in order, none twice
 * @param note never an empty text
 */
public record AnnotationRow(long job, List<String> tags, Optional<String> note) {

  /** A job without annotations. */
  public static AnnotationRow none(long job) {
    return new AnnotationRow(job, List.of(), Optional.empty());
  }

  /** The same without some tags and with others; a tag that is among both stays. */
  public AnnotationRow withTags(Collection<String> added, Collection<String> removed) {
    Set<String> changed = new TreeSet<>(tags);
    changed.removeAll(Set.copyOf(removed));
    changed.addAll(added);
    return new AnnotationRow(job, List.copyOf(changed), note);
  }

  /** The same with another note; an empty text: without one. */
  public AnnotationRow withNote(String other) {
    return new AnnotationRow(job, tags, Optional.of(other).filter(text -> !text.isEmpty()));
  }
}
