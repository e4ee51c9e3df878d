package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.engine.nd4j.dl4j.Dl4jEngine;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.SparsityContract;

/** The executor computes what ComputationGraph does in double precision. */
class CpuSparsityTests extends SparsityContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Network compile(Architecture architecture) {
    return ENGINE.compile(architecture, Optimiser.ADAM, 1);
  }

  @Override
  protected Network compileExactly(Architecture architecture) {
    return Dl4jEngine.start().inDouble().compile(architecture, Optimiser.ADAM, 1);
  }
}
