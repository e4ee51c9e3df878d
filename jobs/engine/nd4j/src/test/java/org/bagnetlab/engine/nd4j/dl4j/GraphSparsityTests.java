package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.SparsityContract;

class GraphSparsityTests extends SparsityContract {

  private static final Dl4jEngine ENGINE = Dl4jEngine.start();

  @Override
  protected Network compile(Architecture architecture) {
    return ENGINE.compile(architecture, Optimiser.ADAM, 1);
  }

  @Override
  protected Network compileExactly(Architecture architecture) {
    return ENGINE.inDouble().compile(architecture, Optimiser.ADAM, 1);
  }
}
