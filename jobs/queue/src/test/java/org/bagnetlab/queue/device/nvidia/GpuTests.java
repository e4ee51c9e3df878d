package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GpuTests {

  private static final Optional<ComputeCapability> SUPPORTED =
      Optional.of(new ComputeCapability(3, 7));

  @Test
  void supportedOnesMayRunJobs() {
    assertThat(Gpus.gpu(0).refusal()).isEmpty();
  }

  @Test
  void anUnknownCapabilityIsRefusedWithTheDriverToInstall() {
    assertThat(Gpus.gpu(0, Optional.empty(), "470.182.03", false).refusal())
        .contains(
            "GPU 0 (NVIDIA RTX A5000) cannot run jobs. nvidia-smi does not report its compute"
                + " capability: install version 510 or newer of the NVIDIA driver and its tools"
                + " (driver 470.182.03 is running). If no such driver supports this GPU, the GPU is too old.");
  }

  @Test
  void migIsRefused() {
    assertThat(Gpus.gpu(0, SUPPORTED, "535.161.08", true).refusal().orElseThrow())
        .contains("disable MIG");
  }

  @Test
  void workersSeeOneGpuWhateverItsNumber() {
    assertThat(Gpus.gpu(3).environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "GPU-3"));
  }
}
