package org.bagnetlab.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;

/**
 * What an experiment works on, which determines what its jobs wait for.
 *
 * @param kind what must exist
 * @param requirements requirements on a network
 */
public record Subject(Kind kind, List<Requirement> requirements) {

  /** What must exist. */
  public enum Kind {
    /** Images. */
    DATASET,
    /** The network of a training that succeeded. */
    RUN,
    /** The network of a training that succeeded, or unchanged imported weights. */
    NETWORK,
    /** The stored predictions of a run; no worker is needed. */
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

  /** Whether the subject can be the network of a training. */
  public boolean trained() {
    return switch (kind) {
      case RUN, NETWORK -> true;
      case DATASET, PREDICTIONS -> false;
    };
  }

  /** The first requirement that an architecture does not meet, if any. */
  public Optional<Requirement> unmet(Catalogue catalogue, String architecture) {
    return requirements.stream()
        .filter(requirement -> !requirement.holds().test(catalogue, architecture))
        .findFirst();
  }

  /** The architectures that meet all requirements. */
  public Stream<String> architectures(Catalogue catalogue) {
    return catalogue.architectures().stream().filter(name -> unmet(catalogue, name).isEmpty());
  }
}
