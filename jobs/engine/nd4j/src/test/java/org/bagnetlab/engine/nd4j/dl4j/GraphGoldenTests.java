package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenDoubleContract;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Left out of the routine tests: double precision is slow. */
@EnabledIfSystemProperty(named = "bagnetlab.tests", matches = "all")
class GraphGoldenTests extends GoldenDoubleContract {

  private static final Engine ENGINE = Dl4jEngine.start().inDouble();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
