package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.vision.checkpoint.CheckpointContract;
import org.bagnetlab.vision.network.Engine;

class CpuCheckpointTests extends CheckpointContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
