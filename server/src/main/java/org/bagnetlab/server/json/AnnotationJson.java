package org.bagnetlab.server.json;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.annotation.AnnotationRow;

/** The annotations of a job, as JSON. */
public record AnnotationJson(long job, List<String> tags, Optional<String> note) {

  /** The stored one. */
  public static AnnotationJson of(AnnotationRow row) {
    return new AnnotationJson(row.job(), row.tags(), row.note());
  }
}
