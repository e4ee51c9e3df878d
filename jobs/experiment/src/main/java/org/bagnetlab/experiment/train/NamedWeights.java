package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.annotation.JsonValue;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.InvalidSpec;

/** Weights that a request names, and that fit its network. */
record NamedWeights(String name, KnownWeights known) {

  private static final String FIELD = "weights";

  /**
   * The weights of this name.
   *
   * @throws InvalidSpec if there are none, or they are another network's
   */
  static NamedWeights of(String name, String architecture, Catalogue catalogue) {
    KnownWeights known = KnownWeights.named(name, catalogue);
    if (!known.architecture().equals(architecture)) {
      throw new InvalidSpec(
          FIELD,
          "The weights '%s' are for %s, not %s. Choose that architecture, or other weights."
              .formatted(name, known.architecture(), architecture));
    }
    return new NamedWeights(name, known);
  }

  double width() {
    return known.width();
  }

  /** Refuses another width than that of the weights. */
  void checkWidth(double width) {
    if (width != known.width()) {
      throw new InvalidSpec(
          "width",
          "width must match the weights '%s', %s, but is %s. Omit it to use theirs."
              .formatted(name, Decimal.plain(known.width()), Decimal.plain(width)));
    }
  }

  /** As a job keeps them. */
  @JsonValue
  StartingWeights starting() {
    return new StartingWeights(name, known.checksum(), known.regime());
  }
}
