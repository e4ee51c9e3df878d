package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.checkpoint.CheckpointContract;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;

class TorchCheckpointTests extends CheckpointContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
