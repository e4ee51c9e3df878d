package org.bagnetlab.vision.dataset.store;

import java.util.List;

/**
 * How an import ended.
 *
 * @param dataset what is now there
 * @param warnings what to know before something is trained on it, each a line
 */
public record DatasetImported(DatasetFacts dataset, List<String> warnings) {

  /** Copies the warnings. */
  public DatasetImported {
    warnings = List.copyOf(warnings);
  }
}
