package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineProvider;
import org.bagnetlab.vision.network.Precision;

/** Starts libtorch on a GPU if there is one. */
public final class TorchProvider implements EngineProvider {

  @Override
  public String name() {
    return "torch";
  }

  @Override
  public Engine start(Precision precision) {
    return TorchEngine.start(TorchDevice.best(), precision);
  }
}
