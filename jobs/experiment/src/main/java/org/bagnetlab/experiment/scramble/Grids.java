package org.bagnetlab.experiment.scramble;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.parameter.Positions;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Grids of tiles, from coarse to fine.
 *
 * @param tilesASide of each grid, ascending
 */
public record Grids(List<Integer> tilesASide) implements Positions {

  /** The most tiles per side; more would leave nothing of an image. */
  public static final int FINEST = 64;

  /** The grid of the scrambled test images that every training measures. */
  public static final int OF_TRAININGS = TrainSpec.SCRAMBLE_TILES_A_SIDE;

  private static final List<Integer> USUAL = List.of(2, 4, 7, 8, 14);

  /** Sorts the grids and removes duplicates. */
  public Grids {
    tilesASide = tilesASide.stream().distinct().sorted().toList();
  }

  /**
   * Parses a text such as {@code 2, 4, 8}.
   *
   * @throws IllegalArgumentException if the text is invalid, with an explanation
   */
  @JsonCreator
  public static Grids of(String text) {
    return new Grids(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(Grids::tilesASide).toList());
  }

  private static int tilesASide(String text) {
    if (!text.matches("\\d{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > FINEST) {
      throw new IllegalArgumentException(
          "must be whole numbers from 1 to %d with commas between them, such as 2, 4, 8, but '%s' is none"
              .formatted(FINEST, Excerpt.of(text)));
    }
    return Integer.parseInt(text);
  }

  /** The usual grids that divide images of this size. */
  public static Grids fitting(int imageSize) {
    return new Grids(USUAL.stream().filter(tiles -> imageSize % tiles == 0).toList());
  }

  /** The first grid that does not divide images of this size. */
  public Optional<Integer> notFitting(int imageSize) {
    return tilesASide.stream().filter(tiles -> imageSize % tiles != 0).findFirst();
  }

  /** The grids used if none are named. */
  static Grids usual() {
    return new Grids(USUAL);
  }

  /** Its form in requests. */
  @JsonValue
  public String text() {
    return tilesASide.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
