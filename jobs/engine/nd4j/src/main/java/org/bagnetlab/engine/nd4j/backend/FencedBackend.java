package org.bagnetlab.engine.nd4j.backend;

import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** The ND4J backend on the class path. */
public final class FencedBackend {

  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  /** Name of ND4J's property with the class that executes operations. */
  private static final String EXECUTIONER = "opexec";

  private FencedBackend() {}

  /** Whether it is the CPU backend. Does not start ND4J, which would take a GPU's memory. */
  public static boolean isForCpu() {
    return ServiceLoader.load(Nd4jBackend.class).stream()
        .allMatch(backend -> backend.type().getName().equals(CPU));
  }

  /**
   * Starts ND4J, on the CPU with {@link FencedExecutioner}. Must be called before any other use of
   * ND4J.
   *
   * <p>The CUDA backend's executioner drops operands in the same way. It is unchanged, since a
   * change could not be tested on a GPU so far.
   */
  public static Environment start() {
    if (isForCpu()) {
      System.setProperty(EXECUTIONER, FencedExecutioner.class.getName());
    }
    return Nd4j.getEnvironment();
  }
}
