package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/**
 * Whole numbers as a comma-separated text, so that sweep files can have a list of several such
 * texts.
 *
 * @param least the minimum
 * @param most the maximum
 */
public record WholeNumberList(int least, int most) implements ParameterType<WholeNumbers> {

  /**
   * Maximum count of numbers. It is limited because each number is measured, and titles of jobs
   * contain all of them.
   */
  static final int MOST_NUMBERS = 32;

  @Override
  public Optional<WholeNumbers> read(Fields fields, String name, Values before) {
    return fields.text(name).map(text -> numbers(text, name));
  }

  private WholeNumbers numbers(String text, String name) {
    WholeNumbers numbers;
    try {
      numbers = WholeNumbers.of(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSpec(name, "%s %s.".formatted(name, e.getMessage()));
    }
    if (numbers.values().size() > MOST_NUMBERS) {
      throw new InvalidSpec(
          name,
          "%s may have at most %d numbers, not %d."
              .formatted(name, MOST_NUMBERS, numbers.values().size()));
    }
    numbers.values().stream()
        .filter(number -> number < least || number > most)
        .findFirst()
        .ifPresent(
            number -> {
              throw new InvalidSpec(
                  name, "%s must be from %d to %d, not %d.".formatted(name, least, most, number));
            });
    return numbers;
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string");
  }

  @Override
  public String words(Values before) {
    return "numbers from %d to %d separated by commas".formatted(least, most);
  }
}
