package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Precision;
import org.bagnetlab.vision.patchlogits.PatchLogitsContract;

class TorchPatchLogitsTests extends PatchLogitsContract {

  private static final Engine ENGINE = TorchEngine.start(TestedDevice.DEVICE, Precision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
