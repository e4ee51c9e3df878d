package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.PositionGradientContract;
import org.bagnetlab.vision.network.Precision;

class TorchPositionGradientTests extends PositionGradientContract {

  private static final Engine ENGINE = TorchEngine.start(TestedDevice.DEVICE, Precision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
