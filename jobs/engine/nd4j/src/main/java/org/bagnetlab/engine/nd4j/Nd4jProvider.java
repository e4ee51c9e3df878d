package org.bagnetlab.engine.nd4j;

import java.util.concurrent.atomic.AtomicReference;
import org.bagnetlab.engine.nd4j.backend.FencedBackend;
import org.bagnetlab.engine.nd4j.cpu.CpuEngine;
import org.bagnetlab.engine.nd4j.dl4j.Dl4jEngine;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineProvider;
import org.bagnetlab.vision.network.SelfTest;
import org.bagnetlab.vision.network.UnsupportedPrecision;
import org.jspecify.annotations.Nullable;

/** Provides the engine for the ND4J backend on the class path. */
public final class Nd4jProvider implements EngineProvider {

  /** The only started instance. It is shared, since it owns threads. */
  private static final AtomicReference<@Nullable CpuEngine> PRELOADED = new AtomicReference<>();

  @Override
  public String name() {
    return "nd4j";
  }

  /**
   * Initialises ND4J only if it uses its CPU backend, since initialising the CUDA backend would
   * allocate GPU memory.
   */
  @Override
  public void preload() {
    if (FencedBackend.isForCpu()) {
      CpuEngine engine = CpuEngine.start();
      SelfTest.run(engine, ComputePrecision.FP32);
      PRELOADED.set(engine);
    }
  }

  @Override
  public Engine start(ComputePrecision precision) {
    if (FencedBackend.isForCpu()) {
      CpuEngine.require(precision);
      CpuEngine preloaded = PRELOADED.getAndSet(null);
      return (preloaded == null ? CpuEngine.start() : preloaded).training(precision);
    }
    if (precision != ComputePrecision.FP32) {
      throw new UnsupportedPrecision(
          "On GPUs, ND4J computes in fp32 only; libtorch has other precisions.");
    }
    return Dl4jEngine.start();
  }

  @Override
  public ComputePrecision evaluation(ComputePrecision training) {
    return FencedBackend.isForCpu() ? CpuEngine.evaluation(training) : training;
  }
}
