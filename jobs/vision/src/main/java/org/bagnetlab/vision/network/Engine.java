package org.bagnetlab.vision.network;

import java.util.OptionalLong;
import org.bagnetlab.vision.architecture.Architecture;

/** Compiles architectures. */
public interface Engine {

  /** What computes here, and whether it computes as fast as it can. */
  EngineFacts facts();

  /**
   * The most memory that this process has taken so far of its device, in bytes; empty if that is
   * the machine's.
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
