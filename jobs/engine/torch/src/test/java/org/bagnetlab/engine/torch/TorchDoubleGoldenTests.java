package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenDoubleContract;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Left out of the routine tests: double precision is slow. */
@EnabledIfSystemProperty(named = "bagnetlab.tests", matches = "all")
class TorchDoubleGoldenTests extends GoldenDoubleContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32).inDouble();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
