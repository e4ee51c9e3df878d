package org.bagnetlab.engine.nd4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An operation of whose arrays only the result is used afterwards, while the collector runs all the
 * time. With ND4J's own executioner, results are those of other arrays, or the JVM crashes.
 */
class FencedExecutionerTests {

  private static final int CHANNELS = 16;

  /** Until the JVM has compiled ND4J's methods: interpreted ones hold what they were given. */
  private static final int SMALL_OPERATIONS = 40_000;

  private static final int LARGE_OPERATIONS = 40;

  @BeforeAll
  static void start() {
    FencedBackend.start();
  }

  @Test
  void isTheOneThatIsUsed() {
    assertThat(Nd4j.getExecutioner()).isInstanceOf(FencedExecutioner.class);
  }

  @Test
  void operandsOutliveTheirOperation() throws InterruptedException {
    for (int i = 0; i < SMALL_OPERATIONS; i++) {
      subtract(2);
    }
    AtomicBoolean done = new AtomicBoolean();
    Thread collector =
        new Thread(
            () -> {
              while (!done.get()) {
                System.gc();
              }
            },
            "collector");
    collector.start();
    try {
      for (int i = 0; i < LARGE_OPERATIONS; i++) {
        assertThat(subtract(512).minNumber().floatValue()).isEqualTo(1f);
      }
    } finally {
      done.set(true);
      collector.join();
    }
  }

  /** Two minus one, with arrays that nothing holds but the operation. */
  private static INDArray subtract(int side) {
    INDArray result = Nd4j.createUninitialized(DataType.FLOAT, 1, CHANNELS, side, side);
    Nd4j.getExecutioner()
        .exec(
            new BroadcastSubOp(
                Nd4j.valueArrayOf(new long[] {1, CHANNELS, side, side}, 2f),
                Nd4j.ones(DataType.FLOAT, CHANNELS),
                result,
                1));
    return result;
  }
}
