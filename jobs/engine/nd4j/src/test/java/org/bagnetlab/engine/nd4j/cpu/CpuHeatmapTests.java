package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.heatmap.HeatmapContract;
import org.bagnetlab.vision.network.Engine;

class CpuHeatmapTests extends HeatmapContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
