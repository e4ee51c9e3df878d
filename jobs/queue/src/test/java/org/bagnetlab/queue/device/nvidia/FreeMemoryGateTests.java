package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bagnetlab.queue.device.nvidia.Gpus.GIB;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FreeMemoryGateTests {

  private static final FreeMemoryGate GATE = FreeMemoryGate.standard();

  private static GpuStatus status(long used, long free) {
    return new GpuStatus(Gpus.gpu(0), Gpus.memory(used, free));
  }

  @Test
  void aFreeGpuIsLetIn() {
    assertThat(GATE.refusal(status(0, 24 * GIB))).isEmpty();
  }

  /** The driver's own part is nobody's job. */
  @Test
  void whatTheDriverReservesIsNotUsed() {
    assertThat(GATE.refusal(status(2 * GIB, 20 * GIB))).isEmpty();
  }

  @Test
  void aGpuInUseIsLeftAlone() {
    assertThat(GATE.refusal(status(20 * GIB, 3 * GIB + GIB / 10)))
        .contains("GPU 0 has 3.1 of 24.0 GiB free; another program is using it.");
  }

  @Test
  void tooLittleMemoryIsTooLittle() {
    assertThat(new FreeMemoryGate(32 * GIB, 0.1).refusal(status(0, 24 * GIB)))
        .contains("GPU 0 has 24.0 of 24.0 GiB free; a job needs 32.0 GiB.");
  }

  @Test
  void thresholdsThemselvesAreLetIn() {
    FreeMemoryGate gate = new FreeMemoryGate(12 * GIB, 0.5);
    assertThat(gate.refusal(status(12 * GIB, 12 * GIB))).isEmpty();
    assertThat(gate.refusal(status(12 * GIB + 1, 12 * GIB))).isPresent();
    assertThat(gate.refusal(status(12 * GIB, 12 * GIB - 1))).isPresent();
  }

  /** Memory that is given back never closes the gate. */
  @Test
  void lessUseNeverTurnsAnAdmissionIntoARefusal() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      FreeMemoryGate gate = new FreeMemoryGate(random.nextLong(30 * GIB), random.nextDouble());
      long used = random.nextLong(24 * GIB);
      long less = used - random.nextLong(used + 1);
      if (gate.refusal(status(used, 24 * GIB - used)).isEmpty()) {
        assertThat(gate.refusal(status(less, 24 * GIB - less))).isEmpty();
      }
    }
  }

  @Test
  void impossibleThresholdsAreRefused() {
    assertThatThrownBy(() -> new FreeMemoryGate(-1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FreeMemoryGate(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
