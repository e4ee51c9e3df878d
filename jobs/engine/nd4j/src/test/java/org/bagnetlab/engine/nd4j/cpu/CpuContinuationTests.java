package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.checkpoint.ContinuationContract;
import org.bagnetlab.vision.network.Engine;

class CpuContinuationTests extends ContinuationContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
