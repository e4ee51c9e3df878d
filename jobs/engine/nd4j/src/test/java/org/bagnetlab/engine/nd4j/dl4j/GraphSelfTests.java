package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.SelfTestContract;
import org.junit.jupiter.api.BeforeAll;

/** In double precision: {@code -Dbagnetlab.update=true} stores its numbers. */
class GraphSelfTests extends SelfTestContract {

  private static final Engine ENGINE = Dl4jEngine.start().inDouble();

  @BeforeAll
  static void store() throws Exception {
    store(ENGINE);
  }

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
