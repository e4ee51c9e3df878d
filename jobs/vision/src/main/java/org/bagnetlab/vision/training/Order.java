package org.bagnetlab.vision.training;

import java.util.Arrays;
import java.util.Random;

/** The order of the images in each epoch: each epoch shuffles the order of the previous one. */
final class Order {

  private final int[] order;
  private final Random random;
  private int epoch;

  /** Creates the order in its state before the first epoch. */
  Order(int images, long seed) {
    order = new int[images];
    Arrays.setAll(order, i -> i);
    random = new Random(seed);
  }

  /** The current epoch, counted from 1; 0 before the first epoch. */
  int epoch() {
    return epoch;
  }

  /** Shuffles the order for the next epoch. */
  void next() {
    epoch++;
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
  }

  /** The indices of the images of a batch; batches are counted from 0. */
  int[] batch(int number, int size) {
    int from = number * size;
    return Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
  }
}
