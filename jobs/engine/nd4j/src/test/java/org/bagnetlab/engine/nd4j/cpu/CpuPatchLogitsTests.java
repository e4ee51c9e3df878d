package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.heatmap.PatchLogitsContract;
import org.bagnetlab.vision.network.Engine;

class CpuPatchLogitsTests extends PatchLogitsContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
