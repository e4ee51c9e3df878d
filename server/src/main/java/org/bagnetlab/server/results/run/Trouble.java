package org.bagnetlab.server.results.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/**
 * The reason why a training that ran to its end does not count as a result. Such a training is left
 * out of means and tests, since it shows how often trainings fail, not how good networks are.
 */
public enum Trouble {
  /** The loss exploded. The measured weights are those of some earlier epoch. */
  @JsonProperty("diverged")
  DIVERGED("diverged", "the loss exploded", "Try a lower learning rate."),
  /**
   * The network learnt nothing: on training and on test images it is no better than one that always
   * answers with the same class. An accuracy at chance level on test images alone is a result:
   * leaving it out would raise the mean accuracy of networks that generalise badly.
   */
  @JsonProperty("chance")
  CHANCE(
      "at chance",
      "it is not clearly better than guessing, even on its training images",
      "Try more epochs, another learning rate or another seed.");

  /** What becomes of a training that ran to its end. */
  public static final String LEFT_OUT = "It is left out of means and tests.";

  private static final String FIELD = "trouble";

  /** The code of the error of a worker that stops because the loss is NaN or infinite. */
  private static final String NOT_FINITE = "diverged";

  /**
   * The loss in nats above which it counts as exploded. Guessing among ten thousand classes gives a
   * loss of 9, and a training with a loss far above that of guessing does not recover.
   */
  public static final double EXPLODED = 30;

  /**
   * The maximum width of the interval of an accuracy. If it is wider, there are too few images to
   * tell whether a network learnt anything.
   */
  static final double TOO_WIDE = .2;

  private final String mark;
  private final String text;
  private final String advice;

  Trouble(String mark, String text, String advice) {
    this.mark = mark;
    this.text = text;
    this.advice = advice;
  }

  /** What marks such a training in a list. */
  public String mark() {
    return mark;
  }

  /** Describes the trouble in words, as the end of a sentence. */
  public String text() {
    return text;
  }

  /** A sentence on what to change in another training. */
  public String advice() {
    return advice;
  }

  /** Parses the trouble of a run or a job from the response of a server. */
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
    Optional<Trouble> diverged = lastLoss.flatMap(Trouble::ofLoss);
    if (diverged.isPresent()) {
      return diverged;
    }
    Optional<Double> chance = number(splitFacts, ArtifactFacts.CHANCE);
    return lastAccuracy.filter(each -> learntNothing(each, splitFacts)).isPresent()
            && test.filter(row -> holds(row.value(), Measured.imagesOf(row), chance.orElseThrow()))
                .isPresent()
        ? Optional.of(CHANCE)
        : Optional.empty();
  }

  /** Finds the trouble of a training that may still run, from the loss of its last epoch. */
  public static Optional<Trouble> ofLoss(double lastLoss) {
    return lastLoss < EXPLODED ? Optional.empty() : Optional.of(DIVERGED);
  }

  /** Finds the trouble of a training that failed, from the code of its error. */
  public static Optional<Trouble> ofError(String code) {
    return code.equals(NOT_FINITE) ? Optional.of(DIVERGED) : Optional.empty();
  }

  /**
   * The epoch since which a training has had this trouble: the first of those at its end that have
   * it. Empty if the last one does not.
   *
   * @param history its epochs in their order
   * @param splitFacts facts about its images reported by its worker, as JSON
   */
  public Optional<Integer> since(List<EpochRow> history, Optional<String> splitFacts) {
    return history.reversed().stream()
        .takeWhile(epoch -> isIn(epoch, splitFacts))
        .reduce((later, earlier) -> earlier)
        .map(EpochRow::epoch);
  }

  private boolean isIn(EpochRow epoch, Optional<String> splitFacts) {
    return switch (this) {
      case DIVERGED -> ofLoss(epoch.trainLoss()).isPresent();
      case CHANCE -> learntNothing(epoch.trainAccuracy(), splitFacts);
    };
  }

  private static boolean learntNothing(double trainAccuracy, Optional<String> splitFacts) {
    Optional<Double> chance = number(splitFacts, ArtifactFacts.CHANCE);
    Optional<Double> learnt = number(splitFacts, "train");
    return chance.isPresent()
        && learnt.isPresent()
        && holds(trainAccuracy, learnt.get().intValue(), chance.get());
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
