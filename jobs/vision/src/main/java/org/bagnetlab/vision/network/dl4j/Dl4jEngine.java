package org.bagnetlab.vision.network.dl4j;

import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j, on whatever ND4J backend the class path has. */
public final class Dl4jEngine implements Engine {

  private final DataType precision;
  private final EngineFacts facts;

  private Dl4jEngine(DataType precision, EngineFacts facts) {
    this.precision = precision;
    this.facts = facts;
  }

  /** Starts the engine for work in float32 and finds out whether its fast kernels are active. */
  public static Dl4jEngine start() {
    // Off by default, and read once, when the first layer is made.
    System.setProperty("org.eclipse.deeplearning4j.helpers.disable", "false");
    int threads = Nd4j.getEnvironment().maxThreads();
    FastPath fastPath = FastPath.prove();
    String version = Nd4j.class.getPackage().getImplementationVersion();
    return new Dl4jEngine(
        DataType.FLOAT,
        new EngineFacts(
            "Deeplearning4j " + (version == null ? "1.0.0-M2.1" : version),
            Nd4j.getEnvironment().isCPU() ? "CPU" : "CUDA device 0",
            threads,
            fastPath.active(),
            fastPath.evidence()));
  }

  /** The same engine in double precision: slow, and the measure of every other. */
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
