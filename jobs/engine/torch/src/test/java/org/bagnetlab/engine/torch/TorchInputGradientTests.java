package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.InputGradientContract;
import org.bagnetlab.vision.network.Precision;

class TorchInputGradientTests extends InputGradientContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, Precision.FP32).inDouble();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
