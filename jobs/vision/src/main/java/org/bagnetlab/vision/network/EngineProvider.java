package org.bagnetlab.vision.network;

/**
 * An engine on the class path. Engines are separate modules, found by {@link
 * java.util.ServiceLoader}. All providers are instantiated so that one can be chosen by its name,
 * so a provider must not load its engine's libraries before {@link #preload} or {@link #start}.
 */
public interface EngineProvider {

  /** The name of the engine in options, such as {@code nd4j}. */
  String name();

  /**
   * Loads what {@link #start} needs in any precision, so that it takes less time later. It must not
   * use a GPU, since another process may need all of its memory until the start.
   */
  default void preload() {}

  /**
   * Starts the engine on the device of this process.
   *
   * @throws UnsupportedPrecision if it cannot compute in this precision
   */
  Engine start(ComputePrecision precision);
}
