package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A training that goes on makes its order of images anew: it must never come out otherwise. */
class OrderTests {

  /** By a shuffle in Python, over the generator that the documentation of Random specifies. */
  @Test
  void followsFromTheSeed() {
    Order order = new Order(10, 7);
    order.next();
    assertThat(order.batch(0, 10)).containsExactly(0, 1, 9, 3, 7, 4, 8, 5, 2, 6);
    order.next();
    assertThat(order.epoch()).isEqualTo(2);
    assertThat(order.batch(0, 10)).containsExactly(8, 4, 6, 9, 0, 1, 2, 5, 3, 7);
  }

  @Test
  void everyEpochHasEachImageOnce() {
    Order order = new Order(103, 1);
    for (int epoch = 1; epoch <= 5; epoch++) {
      order.next();
      assertThat(IntStream.range(0, 11).flatMap(batch -> IntStream.of(order.batch(batch, 10))))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 103).boxed().toList());
    }
  }
}
