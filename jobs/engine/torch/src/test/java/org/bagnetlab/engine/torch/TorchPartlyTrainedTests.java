package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.training.PartlyTrainedContract;

class TorchPartlyTrainedTests extends PartlyTrainedContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
