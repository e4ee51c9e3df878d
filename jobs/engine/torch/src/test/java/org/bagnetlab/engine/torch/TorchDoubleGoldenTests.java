package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenDoubleContract;
import org.bagnetlab.vision.network.Precision;

class TorchDoubleGoldenTests extends GoldenDoubleContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, Precision.FP32).inDouble();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
