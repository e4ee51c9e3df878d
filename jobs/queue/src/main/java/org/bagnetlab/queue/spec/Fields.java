package org.bagnetlab.queue.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, each read with its limits. */
final class Fields {

  /** Longer than any name, and short enough for a title. */
  private static final int LONGEST_TEXT = 500;

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  /**
   * The fields of an object that has no others than these.
   *
   * @throws InvalidSpec if it has
   */
  static Fields of(JsonNode object, String kind, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidSpec(
                    name,
                    "There is no field '%s' in a job of kind %s. Known: %s."
                        .formatted(name, kind, String.join(", ", new TreeSet<>(known))));
              }
            });
    return new Fields(object);
  }

  Optional<String> text(String name) {
    @Nullable JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new InvalidSpec(name, "%s must be a text, but is %s.".formatted(name, value));
    }
    int length = value.textValue().length();
    if (length > LONGEST_TEXT) {
      throw new InvalidSpec(
          name,
          "%s must have at most %d characters, but has %d.".formatted(name, LONGEST_TEXT, length));
    }
    return Optional.of(value.textValue());
  }

  String oneOf(String name, List<String> known) {
    String value =
        text(name)
            .orElseThrow(
                () ->
                    new InvalidSpec(
                        name, "%s is missing. Known: %s.".formatted(name, listed(known))));
    return oneOf(name, value, known);
  }

  static String oneOf(String name, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new InvalidSpec(
          name, "There is no %s '%s'. Known: %s.".formatted(name, value, listed(known)));
    }
    return value;
  }

  static String listed(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  int integer(String name, int otherwise, int least, int most) {
    @Nullable JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new InvalidSpec(
          name,
          "%s must be a whole number from %d to %d, but is %s."
              .formatted(name, least, most, value));
    }
    return value.intValue();
  }

  long number(String name, long otherwise) {
    @Nullable JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new InvalidSpec(name, "%s must be a whole number, but is %s.".formatted(name, value));
    }
    return value.longValue();
  }

  long id(String name) {
    @Nullable JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      throw new InvalidSpec(name, name + " is missing: name the number of a train job.");
    }
    return number(name, 0);
  }

  double fraction(String name, double otherwise, int most) {
    @Nullable JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() > 0 && value.doubleValue() <= most)) {
      throw new InvalidSpec(
          name, "%s must be above 0 and at most %d, but is %s.".formatted(name, most, value));
    }
    return value.doubleValue();
  }
}
