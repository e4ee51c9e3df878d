package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.TrainingContract;

class GraphDoubleTrainingTests extends TrainingContract {

  private static final Engine ENGINE = Dl4jEngine.start().inDouble();

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  @Override
  protected boolean inDouble() {
    return true;
  }
}
