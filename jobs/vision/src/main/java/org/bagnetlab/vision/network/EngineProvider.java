package org.bagnetlab.vision.network;

/**
 * An engine on the class path. Engines are separate modules, found by {@link
 * java.util.ServiceLoader}. All providers are instantiated so that one can be chosen by its name,
 * so a provider must not load its engine's libraries before {@link #preload} or {@link #start}.
 */
public interface EngineProvider {

  /** The name by which this engine is chosen, such as {@code nd4j}. */
  String name();

  /**
   * Loads what {@link #start} needs in any precision, so that it takes less time later. Nothing of
   * a GPU may be touched: another process may need all of its memory until then.
   */
  default void preload() {}

  /**
   * Starts the engine on the device that this process has.
   *
   * @throws UnsupportedPrecision if it cannot compute so
   */
  Engine start(ComputePrecision precision);
}
