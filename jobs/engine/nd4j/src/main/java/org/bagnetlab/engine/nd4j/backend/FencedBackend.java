package org.bagnetlab.engine.nd4j.backend;

import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** The ND4J backend on the class path. */
public final class FencedBackend {

  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  /** Name of ND4J's property for the class that executes operations. */
  private static final String EXECUTIONER = "opexec";

  private FencedBackend() {}

  /**
   * Whether it is the CPU backend. This check does not start ND4J, which would allocate GPU memory.
   */
  public static boolean isForCpu() {
    return ServiceLoader.load(Nd4jBackend.class).stream()
        .allMatch(backend -> backend.type().getName().equals(CPU));
  }

  /**
   * Starts ND4J, with {@link FencedExecutioner} if it runs on the CPU. Must be called before any
   * other use of ND4J.
   *
   * <p>The CUDA backend's executioner has the same defect with operands. It is not replaced, since
   * a replacement could not be tested on a GPU so far.
   */
  public static Environment start() {
    if (isForCpu()) {
      System.setProperty(EXECUTIONER, FencedExecutioner.class.getName());
    }
    return Nd4j.getEnvironment();
  }
}
