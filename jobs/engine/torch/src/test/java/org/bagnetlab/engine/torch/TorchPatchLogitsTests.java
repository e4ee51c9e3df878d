package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.heatmap.PatchLogitsContract;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;

class TorchPatchLogitsTests extends PatchLogitsContract {

  private static final Engine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
