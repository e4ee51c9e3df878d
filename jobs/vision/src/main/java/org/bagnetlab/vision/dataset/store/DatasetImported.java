package org.bagnetlab.vision.dataset.store;

import java.util.List;

/**
 * The result of an import.
 *
 * @param dataset the new data set
 * @param warnings what to know before training on the data set, one line each
 */
public record DatasetImported(DatasetFacts dataset, List<String> warnings) {

  /** Copies the warnings. */
  public DatasetImported {
    warnings = List.copyOf(warnings);
  }
}
