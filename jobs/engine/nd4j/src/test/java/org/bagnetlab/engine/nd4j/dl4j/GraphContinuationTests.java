package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.vision.checkpoint.ContinuationContract;
import org.bagnetlab.vision.network.Engine;

class GraphContinuationTests extends ContinuationContract {

  private static final Engine ENGINE = Dl4jEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
