package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.result.ResultRow;

/**
 * Why a training that ran to its end is no result: its network learnt nothing. It is kept out of
 * means and tests, since it says how often trainings fail, not how good networks are.
 */
public enum Trouble {
  /** The loss exploded. */
  @JsonProperty("diverged")
  DIVERGED("the loss exploded"),
  /** The network is no better than one that always answers with the same class. */
  @JsonProperty("chance")
  CHANCE("the accuracy is at chance");

  /**
   * In nats. A network that knows nothing of ten thousand classes has a loss of 9, and one that
   * learns with a loss far above that of knowing nothing does not come back.
   */
  private static final double EXPLODED = 30;

  private final String text;

  Trouble(String text) {
    this.text = text;
  }

  /** In words, as the end of a sentence. */
  String text() {
    return text;
  }

  /**
   * What is wrong with a training that succeeded; empty: nothing that is known.
   *
   * @param lastLoss over its training images in the last epoch, if there is one
   * @param splitFacts what its worker told of its images, as JSON; workers of earlier versions did
   *     not tell the accuracy by chance
   * @param test its accuracy on test images
   */
  static Optional<Trouble> of(
      Optional<Double> lastLoss, Optional<String> splitFacts, Optional<ResultRow> test) {
    if (lastLoss.filter(loss -> !(loss < EXPLODED)).isPresent()) {
      return Optional.of(DIVERGED);
    }
    Optional<Double> chance =
        splitFacts
            .flatMap(facts -> Optional.ofNullable(Facts.of(facts).get(ArtifactFacts.CHANCE)))
            .map(Double::valueOf);
    return test.map(Measured::interval)
            .filter(interval -> chance.filter(share -> interval.low() <= share).isPresent())
            .isPresent()
        ? Optional.of(CHANCE)
        : Optional.empty();
  }
}
