package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bagnetlab.queue.device.nvidia.Gpus.GIB;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GpuTests {

  @Test
  void aFreeGpuIsAvailable() {
    assertThat(Gpus.gpu(0).unsupported()).isEmpty();
    assertThat(Gpus.gpu(0).unavailable()).isEmpty();
  }

  @Test
  void memoryReservedByTheDriverIsNotUsed() {
    assertThat(Gpus.gpu(2 * GIB, 20 * GIB).unavailable()).isEmpty();
  }

  @Test
  void aGpuInUseIsUnavailable() {
    assertThat(Gpus.gpu(20 * GIB, 3 * GIB + GIB / 10).unavailable())
        .contains("GPU 0 has 3.1 of 24.0 GiB free; another program is using it.");
  }

  @Test
  void tooLittleFreeMemoryIsNamed() {
    assertThat(Gpus.gpu(GIB, GIB).unavailable())
        .contains("GPU 0 has 1.0 of 24.0 GiB free; a job needs 2.0 GiB.");
  }

  @Test
  void aGpuExactlyAtTheLimitsIsAvailable() {
    long used = (long) (24 * GIB * 0.1);
    assertThat(Gpus.gpu(used, 2 * GIB).unavailable()).isEmpty();
    assertThat(Gpus.gpu(used + 1, 2 * GIB).unavailable()).isPresent();
    assertThat(Gpus.gpu(used, 2 * GIB - 1).unavailable()).isPresent();
  }

  /** Freeing memory never makes a GPU unavailable. */
  @Test
  void availabilityIsMonotonicInUsedMemory() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      long used = random.nextLong(24 * GIB);
      long less = used - random.nextLong(used + 1);
      if (Gpus.gpu(used, 24 * GIB - used).unavailable().isEmpty()) {
        assertThat(Gpus.gpu(less, 24 * GIB - less).unavailable()).isEmpty();
      }
    }
  }

  @Test
  void workersSeeOneGpuWhateverItsNumber() {
    assertThat(Gpus.gpu(3).environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "GPU-3"));
  }
}
