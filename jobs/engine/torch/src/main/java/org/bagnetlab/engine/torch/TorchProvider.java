package org.bagnetlab.engine.torch;

import java.util.Locale;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineProvider;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Provides the engine on libtorch, on a GPU if there is one, otherwise on the CPU. */
public final class TorchProvider implements EngineProvider {

  /**
   * Name of a system property with the value {@code repeatable}, the default, or {@code fastest}.
   */
  static final String ALGORITHMS = "bagnetlab.algorithms";

  @Override
  public String name() {
    return "torch";
  }

  /** Loads only the libraries; libtorch does not use a GPU until one is first requested. */
  @Override
  public void preload() {
    JavaCpp.prepare();
    Loader.load(torch.class);
  }

  @Override
  public boolean limitMemory(double fraction) {
    return switch (TorchDevice.best()) {
      case CPU -> false;
      case CUDA -> {
        AllocatorLimit.set(fraction);
        yield true;
      }
    };
  }

  @Override
  public Engine start(ComputePrecision precision) {
    Algorithms algorithms =
        Algorithms.valueOf(System.getProperty(ALGORITHMS, "repeatable").toUpperCase(Locale.ROOT));
    return TorchEngine.start(TorchDevice.best(), precision, algorithms);
  }
}
