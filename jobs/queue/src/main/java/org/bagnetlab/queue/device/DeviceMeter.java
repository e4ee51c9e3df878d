package org.bagnetlab.queue.device;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Measures the energy and the utilisation of a device while workers use it. Workers that use it at
 * the same time share its energy equally, since a device does not tell who used it. Callable from
 * any thread.
 */
public final class DeviceMeter {

  /** A device's counters, which only grow. */
  public interface Counter {

    /** The current values. Must not block for long. */
    Reading read();
  }

  /**
   * Values of a device's counters, from an arbitrary origin.
   *
   * @param joules energy; empty if the device does not tell
   * @param busySeconds time, weighted by utilisation, over {@code seconds}
   * @param seconds time for which the utilisation is known
   */
  public record Reading(OptionalDouble joules, double busySeconds, double seconds) {

    /** The values of a device that tells nothing. */
    public static final Reading NONE = new Reading(OptionalDouble.empty(), 0, 0);
  }

  private final Counter counter;
  private final Set<Use> uses = new HashSet<>();
  private Reading last;

  public DeviceMeter(Counter counter) {
    this.counter = counter;
    this.last = counter.read();
  }

  /** A meter of a device that tells nothing. */
  public static DeviceMeter none() {
    return new DeviceMeter(() -> Reading.NONE);
  }

  /** Starts to measure for a worker. */
  public synchronized Use begin() {
    advance();
    Use use = new Use();
    uses.add(use);
    return use;
  }

  private void advance() {
    Reading now = counter.read();
    if (now.joules().isPresent() && last.joules().isPresent()) {
      double share = (now.joules().getAsDouble() - last.joules().getAsDouble()) / uses.size();
      uses.forEach(use -> use.joules = OptionalDouble.of(use.joules.orElse(0) + share));
    }
    double busy = now.busySeconds() - last.busySeconds();
    double seconds = now.seconds() - last.seconds();
    uses.forEach(
        use -> {
          use.busySeconds += busy;
          use.seconds += seconds;
        });
    last = now;
  }

  /** The measurement of a device for one worker. */
  public final class Use {

    private OptionalDouble joules = OptionalDouble.empty();
    private double busySeconds;
    private double seconds;

    private Use() {}

    /** The energy in joules so far; empty if unknown. */
    public OptionalDouble joules() {
      synchronized (DeviceMeter.this) {
        advance();
        return joules;
      }
    }

    /** The device's mean utilisation so far, in [0, 1]; empty if unknown. */
    public OptionalDouble utilisation() {
      synchronized (DeviceMeter.this) {
        advance();
        return seconds > 0 ? OptionalDouble.of(busySeconds / seconds) : OptionalDouble.empty();
      }
    }

    /** The energy, the utilisation and the time for which that is known so far. */
    public Reading reading() {
      synchronized (DeviceMeter.this) {
        advance();
        return new Reading(joules, busySeconds, seconds);
      }
    }

    /** Ends the measurement. The values stay readable. */
    public void end() {
      synchronized (DeviceMeter.this) {
        advance();
        uses.remove(this);
      }
    }
  }
}
