package org.bagnetlab.engine.nd4j.cpu;

import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crews;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.dl4j.Dl4jEngine;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.GradientContract;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The executor computes what ComputationGraph does in double precision, with either crew. */
class CpuGradientTests extends GradientContract {

  private static Crew crew;

  @BeforeAll
  static void start() throws ReflectiveOperationException {
    CpuEngine.start(); // for the settings of the libraries
    crew = Crews.fast();
  }

  @AfterAll
  static void end() {
    crew.close();
  }

  @Override
  protected Network compile(Architecture architecture) {
    return new CpuNetwork(architecture, Optimiser.ADAM, NumberType.FLOAT32, crew);
  }

  @Override
  protected Network compileExactly(Architecture architecture) {
    return Dl4jEngine.start().inDouble().compile(architecture, Optimiser.ADAM, 1);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void everyKindOfNodeWithThePlainCrew(Architecture architecture) {
    try (Crew plain = Crews.plain();
        Network network = new CpuNetwork(architecture, Optimiser.ADAM, NumberType.FLOAT32, plain)) {
      assertSame(network, 2e-3);
    }
  }
}
