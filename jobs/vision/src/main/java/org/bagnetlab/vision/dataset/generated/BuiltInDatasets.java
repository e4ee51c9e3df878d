package org.bagnetlab.vision.dataset.generated;

import java.util.List;
import java.util.Optional;

/** The data sets that are available without an import. New ones are added to the list here. */
public final class BuiltInDatasets {

  private static final List<GeneratedDataset> ALL =
      List.of(new Controlled15(), new Controlled15CueConflict());

  private BuiltInDatasets() {}

  /** All built-in data sets, in the order in which they are listed. */
  public static List<GeneratedDataset> all() {
    return ALL;
  }

  /** The built-in data set of this name. */
  public static Optional<GeneratedDataset> find(String name) {
    return ALL.stream().filter(dataset -> dataset.name().equals(name)).findFirst();
  }

  /** Whether a built-in data set has this name. */
  public static boolean has(String name) {
    return find(name).isPresent();
  }
}
