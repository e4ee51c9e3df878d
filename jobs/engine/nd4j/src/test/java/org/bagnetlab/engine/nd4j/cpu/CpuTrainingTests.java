package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.TrainingContract;

class CpuTrainingTests extends TrainingContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
