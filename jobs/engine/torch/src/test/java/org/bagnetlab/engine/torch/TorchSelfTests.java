package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Precision;
import org.bagnetlab.vision.network.SelfTestContract;

class TorchSelfTests extends SelfTestContract {

  private static final Engine ENGINE = TorchEngine.start(TorchDevice.CPU, Precision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
