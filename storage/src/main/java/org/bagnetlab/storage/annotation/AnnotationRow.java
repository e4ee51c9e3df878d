package org.bagnetlab.storage.annotation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The annotations that users made on a job.
 *
 * @param job its ID
 * @param tags sorted and distinct, each without blanks
 * @param note never empty
 */
public record AnnotationRow(long job, List<String> tags, Optional<String> note) {

  /** The syntax of tags. They are used in URLs and, separated by blanks, on command lines. */
  public static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  /** Maximum number of tags. */
  public static final int MOST_TAGS = 20;

  /** Maximum number of characters of a note. */
  public static final int LONGEST_NOTE = 2000;

  /** A job without annotations. */
  public static AnnotationRow none(long job) {
    return new AnnotationRow(job, List.of(), Optional.empty());
  }

  /** A copy with tags added and removed. A tag in both collections is kept. */
  public AnnotationRow withTags(Collection<String> added, Collection<String> removed) {
    Set<String> changed = new TreeSet<>(tags);
    changed.removeAll(Set.copyOf(removed));
    changed.addAll(added);
    return new AnnotationRow(job, List.copyOf(changed), note);
  }

  /** A copy with another note; an empty text removes the note. */
  public AnnotationRow withNote(String other) {
    return new AnnotationRow(job, tags, Optional.of(other).filter(text -> !text.isEmpty()));
  }
}
