package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ServiceLoader;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.EngineProvider;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TorchProviderTests {

  @Test
  void isFoundAsAServiceAndSaysWhatComputes() {
    EngineProvider provider = ServiceLoader.load(EngineProvider.class).findFirst().orElseThrow();
    assertThat(provider.name()).isEqualTo("torch");
    assumeFalse(torch.cuda_is_available());

    EngineFacts facts = provider.start(ComputePrecision.FP32).facts();
    assertThat(facts.engine()).matches("libtorch \\d+\\.\\d+\\.\\d+");
    assertThat(facts.device()).isEqualTo("CPU");
    assertThat(facts.threads()).isPositive();
    assertThat(facts.evidence()).contains("oneDNN", "fp32", "repeatable algorithms");
  }

  @Test
  void onTheCpuThereIsNoShareOfAGpu() {
    assumeFalse(torch.cuda_is_available());

    assertThat(new TorchProvider().limitMemory(.5)).isFalse();
  }

  @Test
  void aMissingGpuIsSaid() {
    assumeFalse(torch.cuda_is_available());

    assertThatIllegalStateException()
        .isThrownBy(() -> TorchEngine.start(TorchDevice.CUDA, ComputePrecision.FP32))
        .withMessageContaining("no GPU");
  }
}
