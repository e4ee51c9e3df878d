package org.bagnetlab.vision.scrambling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Cuts a square image into equal square tiles and rearranges them in random order, as the report
 * does with 4 x 4 tiles. Every permutation is equally likely, including the identity. The
 * permutation depends on the seed and the image: it is drawn by a {@link Random} that is seeded
 * with the first eight bytes, most significant first, of the SHA-256 of the UTF-8 text {@code
 * scramble 2, GRID, SEED, NAME}.
 *
 * @param tilesASide number of rows, and of columns, of tiles
 * @param seed seed of the permutations
 */
public record Scramble(int tilesASide, long seed) {

  /**
   * Scrambles an image.
   *
   * @param name name of the image, so that each image gets a different permutation
   * @throws IllegalArgumentException if the image cannot be divided into equal tiles
   */
  public Pixels apply(Pixels image, String name) {
    if (image.width() != image.height() || image.width() % tilesASide != 0) {
      throw new IllegalArgumentException(
          "an image of %d x %d pixels cannot be divided into %d x %d tiles"
              .formatted(image.width(), image.height(), tilesASide, tilesASide));
    }
    int[] permutation = permutation(name);
    int side = image.width() / tilesASide;
    int rowBytes = side * image.channels();
    byte[] from = image.values();
    byte[] to = new byte[from.length];
    for (int tile = 0; tile < permutation.length; tile++) {
      for (int row = 0; row < side; row++) {
        System.arraycopy(
            from,
            start(image, permutation[tile], row, side),
            to,
            start(image, tile, row, side),
            rowBytes);
      }
    }
    return new Pixels(image.width(), image.height(), image.channels(), to);
  }

  /**
   * The tile of the image for each place, with places and tiles numbered row by row. The
   * permutation is drawn by the inside-out variant of the Fisher-Yates shuffle.
   */
  int[] permutation(String name) {
    int[] permutation = new int[tilesASide * tilesASide];
    Random random = random(name);
    for (int i = 0; i < permutation.length; i++) {
      int other = random.nextInt(i + 1);
      permutation[i] = permutation[other];
      permutation[other] = i;
    }
    return permutation;
  }

  private Random random(String name) {
    String text = "scramble 2, %d, %d, %s".formatted(tilesASide, seed, name);
    byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return new Random(ByteBuffer.wrap(digest).getLong());
  }

  private int start(Pixels image, int tile, int row, int side) {
    int top = tile / tilesASide * side + row;
    int left = tile % tilesASide * side;
    return (top * image.width() + left) * image.channels();
  }
}
