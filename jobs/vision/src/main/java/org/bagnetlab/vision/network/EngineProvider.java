package org.bagnetlab.vision.network;

/**
 * Provides an engine that is on the class path. Engines are separate modules, which are found by
 * {@link java.util.ServiceLoader}. All providers are instantiated in order to choose one by its
 * name, so a provider must not load its engine's libraries before {@link #preload} or {@link
 * #start}.
 */
public interface EngineProvider {

  /** The name of the engine in options, such as {@code nd4j}. */
  String name();

  /**
   * Loads what {@link #start} needs in any precision, so that starting is faster. This method must
   * not use a GPU, since another process may need all of the GPU's memory until the engine is
   * started.
   */
  default void preload() {}

  /**
   * Limits the GPU memory that the engine may allocate in this process; more is out of memory. Must
   * precede {@link #start}.
   *
   * @param fraction part of the GPU's memory, greater than 0 and at most 1
   * @return whether there is a limit now; not if the engine does not use a GPU, or cannot limit it
   */
  default boolean limitMemory(double fraction) {
    return false;
  }

  /**
   * Starts the engine on the device of this process.
   *
   * @throws UnsupportedPrecision if the engine cannot compute in this precision
   */
  Engine start(ComputePrecision precision);

  /**
   * The precision in which this engine evaluates and explains networks.
   *
   * @param training precision of the steps that trained them
   */
  default ComputePrecision evaluation(ComputePrecision training) {
    return training;
  }
}
