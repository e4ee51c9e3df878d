package org.bagnetlab.worker.occlusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.vision.network.Batch;

/**
 * Hides tiles of images in a random order, which the seed and the image decide.
 *
 * @param tiles per side of the grid; its tiles differ by a pixel where it does not divide the image
 */
record TileMask(int tiles, long seed) {

  /** The tiles of an image, numbered row by row, in the order in which they are masked. */
  int[] order(String image) {
    List<Integer> order =
        IntStream.range(0, tiles * tiles).boxed().collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(order, new Random(seed * 0x9E3779B97F4A7C15L + image.hashCode()));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Gives a tile ImageNet's mean colour, which normalised is 0. */
  void apply(Batch batch, int image, int tile) {
    int row = tile / tiles;
    int column = tile % tiles;
    int left = column * batch.width() / tiles;
    int right = (column + 1) * batch.width() / tiles;
    for (int channel = 0; channel < batch.channels(); channel++) {
      int plane = (image * batch.channels() + channel) * batch.height();
      for (int y = row * batch.height() / tiles; y < (row + 1) * batch.height() / tiles; y++) {
        int start = (plane + y) * batch.width();
        Arrays.fill(batch.values(), start + left, start + right, 0);
      }
    }
  }
}
