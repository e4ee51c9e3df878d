package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.Optional;

/** Finds how the classes of a data set differ from those of a network, regardless of order. */
public final class OtherClasses {

  private OtherClasses() {}

  /**
   * The first difference, as a sentence; empty if they are the same.
   *
   * @param network the network's classes
   * @param owner whose classes these are, as the start of a sentence: {@code run 3}
   * @param classes the data set's classes
   * @param dataset the data set's name
   */
  public static Optional<String> difference(
      List<String> network, String owner, List<String> classes, String dataset) {
    Optional<String> lacking =
        network.stream()
            .filter(name -> !classes.contains(name))
            .findFirst()
            .map(
                name ->
                    "Data set %s has other classes than %s: it has no class '%s'."
                        .formatted(dataset, owner, name));
    return lacking.or(
        () ->
            classes.stream()
                .filter(name -> !network.contains(name))
                .findFirst()
                .map(
                    name ->
                        "Data set %s has other classes than %s, which has no class '%s'."
                            .formatted(dataset, owner, name)));
  }
}
