package org.bagnetlab.vision.masking;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bagnetlab.vision.saliency.SaliencyMap;

/**
 * The tiles of an image, from the one that counts most to the one that counts least.
 *
 * @param tiles all of the image's
 */
public record RankedTiles(List<Square> tiles) {

  /** Keeps a copy. */
  public RankedTiles {
    tiles = List.copyOf(tiles);
  }

  /**
   * By the mean of a map over each tile.
   *
   * @param ties orders tiles with equal means
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

  /** In random order. */
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
    // The sort is stable, so what is equal stays shuffled.
    return new RankedTiles(
        IntStream.of(shuffled)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .map(squares::get)
            .toList());
  }

  /** So many that count most. */
  public List<Square> first(int count) {
    return tiles.subList(0, count);
  }

  /** All but so many that count most. */
  public List<Square> without(int count) {
    return tiles.subList(count, tiles.size());
  }
}
