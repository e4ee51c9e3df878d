package org.bagnetlab.engine.nd4j.dl4j;

import java.util.stream.Stream;
import org.bagnetlab.vision.heatmap.HeatmapContract;
import org.bagnetlab.vision.network.Engine;
import org.junit.jupiter.params.provider.Arguments;

class GraphHeatmapTests extends HeatmapContract {

  private static final Engine ENGINE = Dl4jEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  /** Few, for they all take the same way here, which is slow. */
  @Override
  protected Stream<Arguments> cases() {
    return Stream.of(2, 8).map(stride -> Arguments.of(17, stride, 51));
  }

  @Override
  protected Stream<Arguments> tiled() {
    return Stream.of(Arguments.of(17, 8));
  }
}
