package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.SelfTest;
import org.bagnetlab.vision.network.SelfTestContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchSelfTests extends SelfTestContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  @ParameterizedTest
  @EnumSource
  void eachPrecisionPasses(ComputePrecision precision) {
    assertThatCode(() -> SelfTest.run(TorchEngine.start(TestedDevice.DEVICE, precision), precision))
        .doesNotThrowAnyException();
  }

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
