package org.bagnetlab.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;

/**
 * What an experiment is about, which decides what its jobs wait for.
 *
 * @param kind what must be there
 * @param requirements what a network must have
 */
public record Subject(Kind kind, List<Requirement> requirements) {

  /** What must be there. */
  public enum Kind {
    /** Images. */
    DATASET,
    /** The network of one training that succeeded. */
    RUN,
    /** The network of one training that succeeded, or imported weights as they are. */
    NETWORK,
    /** The predictions that a run stored: no worker is needed. */
    PREDICTIONS
  }

  /** A data set. */
  public static Subject dataset() {
    return new Subject(Kind.DATASET, List.of());
  }

  /** A trained network that meets these requirements. */
  public static Subject run(Requirement... requirements) {
    return new Subject(Kind.RUN, List.of(requirements));
  }

  /** A network that meets these requirements, trained here or imported. */
  public static Subject network(Requirement... requirements) {
    return new Subject(Kind.NETWORK, List.of(requirements));
  }

  /** Stored predictions. */
  public static Subject predictions() {
    return new Subject(Kind.PREDICTIONS, List.of());
  }

  /** Whether it can be the network of a training. */
  public boolean trained() {
    return switch (kind) {
      case RUN, NETWORK -> true;
      case DATASET, PREDICTIONS -> false;
    };
  }

  /** What an architecture lacks; empty: nothing. */
  public Optional<Requirement> unmet(Catalogue catalogue, String architecture) {
    return requirements.stream()
        .filter(requirement -> !requirement.holds().test(catalogue, architecture))
        .findFirst();
  }

  /** The architectures that have all that is needed. */
  public Stream<String> architectures(Catalogue catalogue) {
    return catalogue.architectures().stream().filter(name -> unmet(catalogue, name).isEmpty());
  }
}
