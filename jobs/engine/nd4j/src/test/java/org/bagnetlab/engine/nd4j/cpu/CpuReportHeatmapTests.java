package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.heatmap.ReportHeatmapContract;
import org.bagnetlab.vision.network.Engine;

class CpuReportHeatmapTests extends ReportHeatmapContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
