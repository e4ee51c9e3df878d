package org.bagnetlab.vision.masking;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bagnetlab.vision.saliency.SaliencyMap;

/**
 * The tiles of an image, the most important first.
 *
 * @param tiles all tiles of the image
 */
public record RankedTiles(List<Square> tiles) {

  /** Copies the list. */
  public RankedTiles {
    tiles = List.copyOf(tiles);
  }

  /**
   * Ranks tiles by the mean of a saliency map over each tile.
   *
   * @param ties random numbers that order tiles with equal means
   */
  public static RankedTiles of(MaskGrid grid, SaliencyMap map, RandomGenerator ties) {
    List<Square> squares = grid.squares();
    return ranked(
        squares,
        squares.stream()
            .mapToDouble(square -> map.mean(square.top(), square.left(), square.side()))
            .toArray(),
        ties);
  }

  /** Ranks tiles in random order. */
  public static RankedTiles random(MaskGrid grid, RandomGenerator random) {
    return ranked(grid.squares(), new double[grid.count()], random);
  }

  private static RankedTiles ranked(List<Square> squares, double[] scores, RandomGenerator ties) {
    int[] shuffled = IntStream.range(0, scores.length).toArray();
    for (int i = scores.length - 1; i > 0; i--) {
      int other = ties.nextInt(i + 1);
      int moved = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = moved;
    }
    // The sort is stable, so equal tiles stay shuffled.
    return new RankedTiles(
        IntStream.of(shuffled)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .map(squares::get)
            .toList());
  }

  /** The most important tiles, as many as requested. */
  public List<Square> first(int count) {
    return tiles.subList(0, count);
  }

  /** All tiles except for the {@code count} most important ones. */
  public List<Square> without(int count) {
    return tiles.subList(count, tiles.size());
  }
}
