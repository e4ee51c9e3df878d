package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.request.Excerpt;

/**
 * Several non-negative whole numbers, each measured separately by an experiment.
 *
 * @param values ascending, without duplicates
 */
public record WholeNumbers(List<Integer> values) implements Positions {

  /** Sorts the numbers and removes duplicates. */
  public WholeNumbers {
    values = values.stream().distinct().sorted().toList();
  }

  /**
   * Parses a text such as {@code 2, 4, 8}.
   *
   * @throws IllegalArgumentException if the text is invalid, with an explanation
   */
  @JsonCreator
  public static WholeNumbers of(String text) {
    return new WholeNumbers(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(WholeNumbers::number).toList());
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          "must be whole numbers separated by commas, such as 2, 4, 8, but '%s' is not one"
              .formatted(Excerpt.of(text)));
    }
    return Integer.parseInt(text);
  }

  /** The text for requests. */
  @JsonValue
  public String text() {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
