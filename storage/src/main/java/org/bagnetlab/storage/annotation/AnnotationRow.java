package org.bagnetlab.storage.annotation;

import java.util.List;

/**
 * What people say of a job.
 *
 * @param job its number
 * @param tags without blanks, in order, none twice
 * @param note empty: none
 */
public record AnnotationRow(long job, List<String> tags, String note) {

  /** Of a job of which nobody has said anything. */
  public static AnnotationRow none(long job) {
    return new AnnotationRow(job, List.of(), "");
  }

  /** The same with other tags, in any order. */
  public AnnotationRow withTags(List<String> others) {
    return new AnnotationRow(job, others.stream().distinct().sorted().toList(), note);
  }

  /** The same with another note. */
  public AnnotationRow withNote(String other) {
    return new AnnotationRow(job, tags, other);
  }
}
