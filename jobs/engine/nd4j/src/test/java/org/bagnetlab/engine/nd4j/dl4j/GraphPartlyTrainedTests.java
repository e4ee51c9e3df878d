package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.training.PartlyTrainedContract;

class GraphPartlyTrainedTests extends PartlyTrainedContract {

  private static final Engine ENGINE = Dl4jEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
