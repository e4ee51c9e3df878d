package org.bagnetlab.engine.nd4j.cpu;

import java.util.Optional;
import org.bagnetlab.engine.nd4j.backend.FencedBackend;
import org.bagnetlab.engine.nd4j.cpu.compile.DeviceLimits;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.FastPath;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.onednn.OneDnn;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.UnsupportedPrecision;

/** The engine for CPUs. */
public final class CpuEngine implements Engine {

  private final NumberType trained;
  private final Crew crew;
  private final EngineFacts facts;

  private CpuEngine(NumberType trained, Crew crew, EngineFacts facts) {
    this.trained = trained;
    this.crew = crew;
    this.facts = facts;
  }

  /** Starts the engine's threads and checks whether its fast kernels are active. */
  public static CpuEngine start() {
    int threads = FencedBackend.start().maxThreads();
    FastPath fastPath = FastPath.prove();
    return new CpuEngine(
        NumberType.FLOAT32,
        new Crew(threads, fastPath.loops()),
        new EngineFacts(
            "Bagnet Lab's executor on " + OneDnn.name(),
            "CPU",
            threads,
            fastPath.active(),
            fastPath.evidence()));
  }

  /**
   * Fails unless this CPU can train in a precision.
   *
   * @throws UnsupportedPrecision if the CPU has no instructions for it
   */
  public static void require(ComputePrecision precision) {
    if (precision == ComputePrecision.TF32) {
      throw new UnsupportedPrecision(
          "tf32 needs libtorch; on a CPU, it would be the same as fp32.");
    }
    if (precision == ComputePrecision.BF16 && !OneDnn.multipliesBfloat16()) {
      throw new UnsupportedPrecision(
          "bf16 needs a CPU with AVX512-BF16 or AMX; oneDNN finds only %s."
              .formatted(OneDnn.instructions()));
    }
  }

  /** The precision of evaluations and heatmaps: only steps of trainings are in bfloat16. */
  public static ComputePrecision evaluation(ComputePrecision training) {
    return training == ComputePrecision.BF16 ? ComputePrecision.FP32 : training;
  }

  /**
   * The same engine, with the same threads, for trainings in a precision.
   *
   * @throws UnsupportedPrecision if the CPU has no instructions for it
   */
  public CpuEngine training(ComputePrecision precision) {
    require(precision);
    return precision == ComputePrecision.BF16
        ? new CpuEngine(NumberType.BFLOAT16, crew, facts)
        : this;
  }

  @Override
  public EngineFacts facts() {
    return facts;
  }

  @Override
  public Optional<StepProfile.Limits> limits() {
    return Optional.of(DeviceLimits.measure(crew, trained));
  }

  @Override
  public Network compile(Architecture architecture, Optimiser optimiser, long seed) {
    CpuNetwork network = new CpuNetwork(architecture, optimiser, trained, crew);
    network.load(InitialWeights.of(architecture, seed));
    return network;
  }
}
