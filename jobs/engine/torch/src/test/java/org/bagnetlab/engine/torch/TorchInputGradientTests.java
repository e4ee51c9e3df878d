package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.InputGradientContract;

class TorchInputGradientTests extends InputGradientContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32).inDouble();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
