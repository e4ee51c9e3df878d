package org.bagnetlab.queue.run;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.device.DeviceMeter;
import org.bagnetlab.storage.cost.CostRow;

/**
 * What one worker costs: the time for which it occupies its device, and what it reports to have
 * used. Confined to the context of its verticle.
 */
final class WorkerCost {

  private final long job;
  private final Supplier<Instant> clock;
  private final LongSupplier ticker;
  private final Optional<DeviceMeter.Use> device;

  /** When the worker began to occupy its device; empty while it waits for one. */
  private Optional<Long> began;

  private Instant startedAt;
  private Optional<Usage> usage = Optional.empty();

  /** Whether the job trains: then the rate is that of its training. */
  private boolean trains;

  private double rate;
  private long rateSince;
  private double images;
  private double imageSeconds;

  /**
   * Begins to measure.
   *
   * @param clock tells when the worker occupies its device
   * @param ticker time in nanoseconds from an arbitrary origin
   * @param device measures the worker's device; empty if that is not on this machine
   */
  WorkerCost(
      long job, Supplier<Instant> clock, LongSupplier ticker, Optional<DeviceMeter.Use> device) {
    this.job = job;
    this.clock = clock;
    this.startedAt = clock.get();
    this.ticker = ticker;
    this.device = device;
    this.began = Optional.of(ticker.getAsLong());
  }

  /** Records that the worker waits for a device of another machine. */
  void waits() {
    began = Optional.empty();
  }

  /** Records that the worker was given a device of another machine. */
  void placed() {
    startedAt = clock.get();
    began = Optional.of(ticker.getAsLong());
  }

  /** Records what the worker has used so far. */
  void used(Usage reported) {
    usage = Optional.of(reported);
  }

  /** Records the worker's rate, which holds until it reports the next one. */
  void progressed(Progress made) {
    countImages();
    boolean training = made.phase() == Phase.TRAINING;
    if (training && !trains) {
      trains = true;
      images = 0;
      imageSeconds = 0;
    }
    rate = trains && !training ? 0 : made.imagesPerSecond();
    rateSince = ticker.getAsLong();
  }

  private void countImages() {
    double seconds = rate > 0 ? (ticker.getAsLong() - rateSince) / 1e9 : 0;
    images += rate * seconds;
    imageSeconds += seconds;
    rateSince = ticker.getAsLong();
  }

  /**
   * The seconds for which the worker used a GPU so far, and the seconds for which that is known;
   * empty if its device has no meter of that.
   */
  Optional<DeviceMeter.Reading> gpu() {
    return device.map(DeviceMeter.Use::reading).filter(reading -> reading.seconds() > 0);
  }

  /** The cost up to now. */
  CostRow soFar() {
    countImages();
    return new CostRow(
        job,
        startedAt,
        began.map(since -> (ticker.getAsLong() - since) / 1e9).orElse(0.0),
        usage.map(Usage::processorSeconds),
        usage.flatMap(Usage::peakMemory),
        usage.flatMap(Usage::peakDeviceMemory),
        device.flatMap(use -> boxed(use.joules())),
        device.flatMap(use -> boxed(use.utilisation())),
        imageSeconds > 0 ? Optional.of(images / imageSeconds) : Optional.empty());
  }

  /** Stops measuring, and returns the cost. */
  CostRow end() {
    device.ifPresent(DeviceMeter.Use::end);
    return soFar();
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
