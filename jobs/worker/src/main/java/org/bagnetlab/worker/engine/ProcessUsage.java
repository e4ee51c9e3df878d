package org.bagnetlab.worker.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.vision.network.Engine;
import org.jspecify.annotations.Nullable;

/** Measures what this process uses. Callable from any thread. */
public final class ProcessUsage implements Supplier<Usage> {

  private volatile @Nullable Engine engine;

  /** Includes this engine's memory from now on. */
  public void include(Engine started) {
    engine = started;
  }

  @Override
  public Usage get() {
    Engine started = engine;
    return new Usage(
        processorSeconds(),
        boxed(PeakMemory.ofProcess()),
        started == null ? Optional.empty() : boxed(PeakMemory.ofDevice(started)));
  }

  /** Processor time of all threads, user and system. */
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static Optional<Long> boxed(OptionalLong bytes) {
    return bytes.isPresent() ? Optional.of(bytes.getAsLong()) : Optional.empty();
  }
}
