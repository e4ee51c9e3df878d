package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bagnetlab.experiment.request.InvalidSpec;

/** Settings that only the sweep as a whole may have, not its jobs. */
final class Reserved {

  static final List<String> OF_THE_SWEEP = List.of("sweep", "priority", "interactive");

  /**
   * The reserved settings of follow-up jobs. The run is one of them, because it is known only when
   * the training is queued.
   */
  static final List<String> OF_THE_RUN = List.of("sweep", "priority", "interactive", "run");

  private Reserved() {}

  /**
   * Refuses a job that has one of these settings.
   *
   * @param section gives the section of the sweep that contains a setting
   */
  static void refuse(List<String> reserved, JsonNode job, UnaryOperator<String> section) {
    for (String own : reserved) {
      if (job.has(own)) {
        throw placed(
            section.apply(own),
            new InvalidSpec(own, "%s is set by the sweep, not by a job.".formatted(own)));
      }
    }
  }

  /** Adds the section of the sweep to an error. */
  static InvalidSpec placed(String section, InvalidSpec wrong) {
    return new InvalidSpec(
        section + "." + wrong.field(), "In %s: %s".formatted(section, wrong.getMessage()));
  }
}
