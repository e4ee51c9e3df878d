package org.bagnetlab.engine.nd4j.dl4j;

import org.bagnetlab.engine.nd4j.backend.FencedBackend;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs Deeplearning4j's ComputationGraph on the ND4J backend that is on the class path. It is used
 * on GPUs and, in double precision, as the reference for the other engines.
 */
public final class Dl4jEngine implements Engine {

  private final DataType precision;
  private final EngineFacts facts;

  private Dl4jEngine(DataType precision, EngineFacts facts) {
    this.precision = precision;
    this.facts = facts;
  }

  /** Starts the engine in float32. */
  public static Dl4jEngine start() {
    Environment environment = FencedBackend.start();
    int threads = environment.maxThreads();
    boolean cpu = environment.isCPU();
    String version = Nd4j.class.getPackage().getImplementationVersion();
    return new Dl4jEngine(
        DataType.FLOAT,
        new EngineFacts(
            "Deeplearning4j " + (version == null ? "1.0.0-M2.1" : version),
            cpu ? "CPU" : "CUDA device 0",
            threads,
            false,
            cpu ? "ComputationGraph's own layers" : "not verified for the CUDA backend"));
  }

  /** The same engine in double precision, which is slow but the reference for the other engines. */
  public Dl4jEngine inDouble() {
    return new Dl4jEngine(DataType.DOUBLE, facts);
  }

  @Override
  public EngineFacts facts() {
    return facts;
  }

  @Override
  public Network compile(Architecture architecture, Optimiser optimiser, long seed) {
    GraphNetwork network = new GraphNetwork(architecture, optimiser, precision);
    network.load(InitialWeights.of(architecture, seed));
    return network;
  }
}
