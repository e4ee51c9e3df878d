package org.bagnetlab.engine.nd4j.dl4j;

import java.util.stream.Stream;
import org.bagnetlab.vision.heatmap.PatchLogitsContract;
import org.bagnetlab.vision.network.Engine;
import org.junit.jupiter.params.provider.Arguments;

class GraphPatchLogitsTests extends PatchLogitsContract {

  private static final Engine ENGINE = Dl4jEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  /** One, with maps of two sizes, for this engine is slow. */
  @Override
  protected Stream<Arguments> cases() {
    return Stream.of(Arguments.of(17, 4, 51));
  }
}
