package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.heatmap.HeatmapContract;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Precision;

class TorchHeatmapTests extends HeatmapContract {

  private static final Engine ENGINE = TorchEngine.start(TestedDevice.DEVICE, Precision.FP32);

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
