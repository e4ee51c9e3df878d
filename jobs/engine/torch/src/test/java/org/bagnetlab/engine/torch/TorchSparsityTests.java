package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.SparsityContract;

/** As {@link TorchGradientTests}, the engine is held to itself in double precision. */
class TorchSparsityTests extends SparsityContract {

  private static final TorchEngine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  @Override
  protected Network compile(Architecture architecture) {
    return ENGINE.compile(architecture, Optimiser.ADAM, 1);
  }

  @Override
  protected Network compileExactly(Architecture architecture) {
    return ENGINE.inDouble().compile(architecture, Optimiser.ADAM, 1);
  }
}
