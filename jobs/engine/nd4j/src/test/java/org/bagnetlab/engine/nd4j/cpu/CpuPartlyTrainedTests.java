package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.training.PartlyTrainedContract;

class CpuPartlyTrainedTests extends PartlyTrainedContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
