package org.bagnetlab.vision.network;

import java.util.OptionalLong;
import org.bagnetlab.vision.architecture.Architecture;

/** Compiles architectures. */
public interface Engine {

  /** What computes here, and whether it computes as fast as it can. */
  EngineFacts facts();

  /**
   * The most memory of the device that the engine has allocated at a time so far, in bytes. What
   * the device's driver and libraries take is not in it. Empty if the device computes in the
   * machine's memory, or if the engine does not know it.
   */
  default OptionalLong peakDeviceMemory() {
    return OptionalLong.empty();
  }

  /**
   * Compiles a network with the initial weights of its architecture.
   *
   * @param optimiser makes its training steps
   * @param seed decides the weights
   */
  Network compile(Architecture architecture, Optimiser optimiser, long seed);
}
