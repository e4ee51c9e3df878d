package org.bagnetlab.server.results.trial;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A training of a sweep.
 *
 * @param settings its values of the settings in which the trials differ; without those that it does
 *     not have
 */
public record SweepTrial(
    long job,
    @JsonUnwrapped Subject subject,
    Outcome outcome,
    Map<String, JsonNode> settings,
    @JsonUnwrapped Reached reached,
    @JsonUnwrapped Work work) {

  /**
   * What it trains.
   *
   * @param label display name of the network
   */
  public record Subject(String dataset, String architecture, String label) {}

  /**
   * What it reached on the validation images.
   *
   * @param accuracy that of the epoch that it keeps, or would keep if it ended now; absent before
   *     the first epoch
   * @param compared the accuracy by which trials are compared: after the same number of epochs in a
   *     successive halving, otherwise that of the epoch that it kept; absent if it has not got
   *     there, or is no result
   * @param epochs number of its last epoch; 0 before the first
   */
  public record Reached(Optional<Double> accuracy, Optional<Double> compared, int epochs) {}

  /**
   * How long it ran.
   *
   * @param seconds duration of its workers, without the time between them
   * @param until when its last worker ended; absent while the first runs
   */
  public record Work(double seconds, Optional<Instant> until) {}

  String dataset() {
    return subject.dataset();
  }

  int epochs() {
    return reached.epochs();
  }

  Optional<Double> accuracy() {
    return reached.accuracy();
  }
}
