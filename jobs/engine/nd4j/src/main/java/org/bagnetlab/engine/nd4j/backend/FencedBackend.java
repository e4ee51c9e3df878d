package org.bagnetlab.engine.nd4j.backend;

import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** The backend of ND4J that the class path has. */
public final class FencedBackend {

  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  /** ND4J's name of the property: the class that executes operations. */
  private static final String EXECUTIONER = "opexec";

  private FencedBackend() {}

  /** Whether it is the CPU's. Does not start ND4J, which would take a GPU's memory. */
  public static boolean isForCpu() {
    return ServiceLoader.load(Nd4jBackend.class).stream()
        .allMatch(backend -> backend.type().getName().equals(CPU));
  }

  /**
   * Starts ND4J, on the CPU with {@link FencedExecutioner}. Must be called before any other use of
   * ND4J.
   *
   * <p>The CUDA backend's executioner lets go of operands in the same way. It is left as it is,
   * since a change to it could not be tried on a GPU so far.
   */
  public static Environment start() {
    if (isForCpu()) {
      System.setProperty(EXECUTIONER, FencedExecutioner.class.getName());
    }
    return Nd4j.getEnvironment();
  }
}
