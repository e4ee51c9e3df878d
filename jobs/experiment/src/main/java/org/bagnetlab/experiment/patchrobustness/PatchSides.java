package org.bagnetlab.experiment.patchrobustness;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.request.Excerpt;

/**
 * Sizes of the square patches of an adversary, from small to large.
 *
 * @param pixels sides, ascending
 */
public record PatchSides(List<Integer> pixels) {

  private static final int LARGEST = 512;

  /** Sorted, each once. */
  public PatchSides {
    pixels = pixels.stream().distinct().sorted().toList();
  }

  /**
   * The sides of a text such as {@code 4, 8, 16}.
   *
   * @throws IllegalArgumentException if it is something else; the message says what is wrong
   */
  @JsonCreator
  public static PatchSides of(String text) {
    return new PatchSides(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(PatchSides::side).toList());
  }

  private static int side(String text) {
    if (!text.matches("\\d{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > LARGEST) {
      throw new IllegalArgumentException(
          "must be whole numbers from 1 to %d with commas between them, such as 4, 8, 16, but '%s' is none"
              .formatted(LARGEST, Excerpt.of(text)));
    }
    return Integer.parseInt(text);
  }

  /** The first side that is larger than images of a size. */
  public Optional<Integer> notFitting(int imageSize) {
    return pixels.stream().filter(side -> side > imageSize).findFirst();
  }

  /** Its form in requests. */
  @JsonValue
  public String text() {
    return pixels.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
