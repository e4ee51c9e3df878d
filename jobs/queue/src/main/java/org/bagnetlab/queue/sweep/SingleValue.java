package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The rule that no setting of a job is a list or an object. It is checked before a value is passed
 * to every job of a sweep.
 */
final class SingleValue {

  private SingleValue() {}

  /**
   * Refuses a list or an object.
   *
   * @throws InvalidSpec naming the field
   */
  static void check(String field, JsonNode value) {
    if (value.isContainerNode()) {
      throw new InvalidSpec(
          field,
          "%s must be a single value, but is %s. Lists of values belong in grid or random."
              .formatted(field, Excerpt.of(value)));
    }
  }

  /**
   * Refuses lists and objects in a list.
   *
   * @throws InvalidSpec naming the field
   */
  static void checkAll(String field, JsonNode values) {
    for (JsonNode value : values) {
      if (value.isContainerNode()) {
        throw new InvalidSpec(
            field,
            "%s must be a list of single values, but one is %s."
                .formatted(field, Excerpt.of(value)));
      }
    }
  }
}
