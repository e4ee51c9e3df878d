package org.bagnetlab.server.results.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.result.ResultRow;

/**
 * The reason why a training that ran to its end does not count as a result. Such a training is left
 * out of means and tests, since it shows how often trainings fail, not how good networks are.
 */
public enum Trouble {
  /** The loss exploded. The measured weights are those of some earlier epoch. */
  @JsonProperty("diverged")
  DIVERGED("the loss exploded"),
  /**
   * The network learnt nothing: on training and on test images it is no better than one that always
   * answers with the same class. An accuracy at chance level on test images alone is a result:
   * leaving it out would raise the mean accuracy of networks that generalise badly.
   */
  @JsonProperty("chance")
  CHANCE("the accuracy is at chance");

  private static final String FIELD = "trouble";

  /**
   * The loss in nats above which it counts as exploded. Guessing among ten thousand classes gives a
   * loss of 9, and a training with a loss far above that of guessing does not recover.
   */
  private static final double EXPLODED = 30;

  /**
   * The maximum width of the interval of an accuracy. If it is wider, there are too few images to
   * tell whether a network learnt anything.
   */
  private static final double TOO_WIDE = .2;

  private final String text;

  Trouble(String text) {
    this.text = text;
  }

  /** Describes the trouble in words, as the end of a sentence. */
  public String text() {
    return text;
  }

  /** Parses the trouble of a run from the response of a server. */
  public static Optional<Trouble> of(JsonNode run) {
    return run.has(FIELD)
        ? Optional.of(Json.MAPPER.convertValue(run.path(FIELD), Trouble.class))
        : Optional.empty();
  }

  /**
   * Finds the trouble of a training that succeeded. Empty if none is known.
   *
   * @param lastLoss loss on its training images in the last epoch, if there is one
   * @param lastAccuracy accuracy on its training images in the last epoch
   * @param splitFacts facts about its images reported by its worker, as JSON; earlier versions did
   *     not report the accuracy at chance
   * @param test accuracy on test images
   */
  public static Optional<Trouble> of(
      Optional<Double> lastLoss,
      Optional<Double> lastAccuracy,
      Optional<String> splitFacts,
      Optional<ResultRow> test) {
    if (lastLoss.filter(loss -> !(loss < EXPLODED)).isPresent()) {
      return Optional.of(DIVERGED);
    }
    Optional<Double> chance = number(splitFacts, ArtifactFacts.CHANCE);
    Optional<Double> learnt = number(splitFacts, "train");
    return chance.isPresent()
            && learnt.isPresent()
            && lastAccuracy
                .filter(each -> holds(each, learnt.get().intValue(), chance.get()))
                .isPresent()
            && test.filter(row -> holds(row.value(), Measured.imagesOf(row), chance.get()))
                .isPresent()
        ? Optional.of(CHANCE)
        : Optional.empty();
  }

  /** Whether an accuracy is known precisely enough, and is not above chance. */
  private static boolean holds(double accuracy, int images, double chance) {
    if (images == 0) {
      return false;
    }
    Interval interval = Interval.wilson((int) Math.round(accuracy * images), images);
    return interval.low() <= chance && interval.high() - interval.low() <= TOO_WIDE;
  }

  private static Optional<Double> number(Optional<String> facts, String name) {
    return facts
        .flatMap(json -> Optional.ofNullable(Facts.of(json).get(name)))
        .map(Double::valueOf);
  }
}
