package org.bagnetlab.engine.nd4j;

import org.bagnetlab.engine.nd4j.cpu.CpuEngine;
import org.bagnetlab.engine.nd4j.dl4j.Dl4jEngine;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineProvider;
import org.bagnetlab.vision.network.Precision;
import org.bagnetlab.vision.network.UnsupportedPrecision;
import org.nd4j.linalg.factory.Nd4j;

/** The engine for whichever of ND4J's backends the class path has. */
public final class Nd4jProvider implements EngineProvider {

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Engine start(Precision precision) {
    if (precision != Precision.FP32) {
      throw new UnsupportedPrecision("ND4J");
    }
    return Nd4j.getEnvironment().isCPU() ? CpuEngine.start() : Dl4jEngine.start();
  }
}
