package org.bagnetlab.worker.engine;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineProvider;
import org.bagnetlab.vision.network.SelfTest;

/** Loads and starts the engine on this process's class path. */
public final class LocalEngine {

  /** A system property that names the engine to use if the class path has several. */
  static final String CHOICE = "bagnetlab.engine";

  private LocalEngine() {}

  /**
   * Loads the parts that make the engine's start slow. {@link #start} reports failures.
   *
   * @return whether it succeeded; if not, this process may never be able to start the engine
   */
  public static boolean preload() {
    try {
      chosen().preload();
      return true;
    } catch (RuntimeException | Error e) {
      // A class whose initialisation failed, for example because memory ran out, gives the reason
      // only once.
      System.err.printf("The engine could not be loaded ahead: %s, cause: %s%n", e, e.getCause());
      return false;
    }
  }

  private static EngineProvider chosen() {
    List<EngineProvider> found =
        ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    return choose(found, Optional.ofNullable(System.getProperty(CHOICE)));
  }

  /**
   * Limits the GPU memory that the engine may allocate. Must precede {@link #start}.
   *
   * @return whether there is a limit now; not if the engine does not use a GPU
   */
  public static boolean limit(MemoryShare share) {
    return chosen().limitMemory(share.fraction());
  }

  /** Starts the engine in float32. */
  public static Engine start() {
    return start(Precision.FP32);
  }

  /**
   * Starts the engine for a training in a precision.
   *
   * @throws IllegalStateException if there is no engine, or several and none is chosen
   * @throws org.bagnetlab.vision.network.UnsupportedPrecision if the engine lacks the precision
   * @throws org.bagnetlab.vision.network.WrongResults if the device computes incorrectly
   */
  public static Engine start(Precision precision) {
    return start(chosen(), arithmetic(precision));
  }

  /** Starts the engine to evaluate or explain a network that was trained in a precision. */
  public static Engine startEvaluation(Precision training) {
    EngineProvider chosen = chosen();
    return start(chosen, chosen.evaluation(arithmetic(training)));
  }

  private static Engine start(EngineProvider provider, ComputePrecision precision) {
    Engine engine = provider.start(precision);
    SelfTest.run(engine, precision);
    return engine;
  }

  private static ComputePrecision arithmetic(Precision precision) {
    return switch (precision) {
      case FP32 -> ComputePrecision.FP32;
      case TF32 -> ComputePrecision.TF32;
      case BF16 -> ComputePrecision.BF16;
    };
  }

  /**
   * The engine with this name, or the only one.
   *
   * @throws IllegalStateException naming the available engines
   */
  static EngineProvider choose(List<EngineProvider> found, Optional<String> name) {
    String names = found.stream().map(EngineProvider::name).sorted().collect(joining(", "));
    if (name.isPresent()) {
      return found.stream()
          .filter(each -> each.name().equals(name.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "The worker's class path has no engine %s, only: %s"
                          .formatted(name.get(), names)));
    }
    if (found.isEmpty()) {
      throw new IllegalStateException("The worker's class path has no engine.");
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "The worker's class path has several engines (%s). Choose one with -D%s=NAME."
              .formatted(names, CHOICE));
    }
    return found.get(0);
  }
}
