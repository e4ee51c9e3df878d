package org.bagnetlab.worker.engine;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.cpu.CpuEngine;
import org.bagnetlab.vision.network.dl4j.Dl4jEngine;
import org.nd4j.linalg.factory.Nd4j;

/** The engine for the backend that this process has on its class path. */
public final class LocalEngine {

  private LocalEngine() {}

  /** Starts it. */
  public static Engine start() {
    return Nd4j.getEnvironment().isCPU() ? CpuEngine.start() : Dl4jEngine.start();
  }
}
