package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenNetworkContract;
import org.junit.jupiter.api.Test;

class TorchGoldenTests extends GoldenNetworkContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  @Test
  void theFastPathIsActive() {
    assertThat(ENGINE.facts().fastPath()).as(ENGINE.facts().evidence()).isTrue();
  }
}
