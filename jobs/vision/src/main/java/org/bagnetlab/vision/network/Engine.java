package org.bagnetlab.vision.network;

import java.util.Optional;
import java.util.OptionalLong;
import org.bagnetlab.vision.architecture.Architecture;

/** Compiles architectures into networks that compute on a device. */
public interface Engine {

  /** Describes the engine and its device, and whether its fast kernels are used. */
  EngineFacts facts();

  /**
   * The peak device memory allocated by the engine so far, in bytes, excluding the memory of the
   * device's driver and libraries. Empty if the device uses the machine's main memory, or if the
   * engine does not know the peak.
   */
  default OptionalLong peakDeviceMemory() {
    return OptionalLong.empty();
  }

  /** Measures how fast the device is, which takes about a second; empty if the engine cannot. */
  default Optional<StepProfile.Limits> limits() {
    return Optional.empty();
  }

  /**
   * Compiles a network with the initial weights of its architecture.
   *
   * @param optimiser the optimiser for training steps
   * @param seed seed of the initial weights
   */
  Network compile(Architecture architecture, Optimiser optimiser, long seed);
}
