package org.bagnetlab.engine.nd4j.cpu;

import java.util.Optional;
import org.bagnetlab.engine.nd4j.backend.FencedBackend;
import org.bagnetlab.engine.nd4j.cpu.compile.DeviceLimits;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.FastPath;
import org.bagnetlab.engine.nd4j.cpu.onednn.OneDnn;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.StepProfile;

/** The engine for CPUs, in float32. */
public final class CpuEngine implements Engine {

  private final Crew crew;
  private final EngineFacts facts;

  private CpuEngine(Crew crew, EngineFacts facts) {
    this.crew = crew;
    this.facts = facts;
  }

  /** Starts the engine's threads and checks whether its fast kernels are active. */
  public static CpuEngine start() {
    int threads = FencedBackend.start().maxThreads();
    FastPath fastPath = FastPath.prove();
    return new CpuEngine(
        new Crew(threads, fastPath.loops()),
        new EngineFacts(
            "Bagnet Lab's executor on " + OneDnn.name(),
            "CPU",
            threads,
            fastPath.active(),
            fastPath.evidence()));
  }

  @Override
  public EngineFacts facts() {
    return facts;
  }

  @Override
  public Optional<StepProfile.Limits> limits() {
    return Optional.of(DeviceLimits.measure(crew));
  }

  @Override
  public Network compile(Architecture architecture, Optimiser optimiser, long seed) {
    CpuNetwork network = new CpuNetwork(architecture, optimiser, crew);
    network.load(InitialWeights.of(architecture, seed));
    return network;
  }
}
