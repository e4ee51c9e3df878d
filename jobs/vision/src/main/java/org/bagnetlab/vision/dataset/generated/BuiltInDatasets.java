package org.bagnetlab.vision.dataset.generated;

import java.util.List;
import java.util.Optional;

/**
 * The data sets that are available without an import. New ones are added to the list here. {@link
 * Fractals} of other numbers of classes and images are available by name, but not listed.
 */
public final class BuiltInDatasets {

  private static final List<GeneratedDataset> ALL =
      List.of(new Controlled15(), new Controlled15CueConflict(), new Fractals());

  private BuiltInDatasets() {}

  /** The built-in data sets that are listed, in this order. */
  public static List<GeneratedDataset> all() {
    return ALL;
  }

  /** The built-in data set of this name, listed or not. */
  public static Optional<GeneratedDataset> find(String name) {
    return ALL.stream()
        .filter(dataset -> dataset.name().equals(name))
        .findFirst()
        .or(() -> Fractals.named(name));
  }

  /** Whether a built-in data set has this name. */
  public static boolean has(String name) {
    return find(name).isPresent();
  }

  /** The forms of names of built-in data sets that are not listed, for messages. */
  public static List<String> forms() {
    return List.of(Fractals.FORM);
  }

  /**
   * Why there is no built-in data set of a name that is almost one, as a sentence; empty if there
   * is, or if the name is unlike theirs.
   */
  public static Optional<String> problem(String name) {
    return Fractals.problem(name);
  }
}
