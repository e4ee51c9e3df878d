package org.bagnetlab.queue.schedule;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.run.DeviceWorkerVerticle;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.queue.window.OpeningHours;

/** Sends running jobs back to the queue when the windows of their devices close. */
public final class WindowTimer {

  /** The clock may be set, and a machine may sleep: then a timer is no measure of time. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final InstantSource clock;
  private final JobWindows windows;
  private final List<DeviceWorkerVerticle> devices;
  private final Runnable wake;
  private Set<OpeningHours> open = Set.of();

  /**
   * A timer that is not running.
   *
   * @param devices the devices of the queue
   * @param wake looks for work, after a window has opened
   */
  public WindowTimer(
      Vertx vertx,
      InstantSource clock,
      JobWindows windows,
      List<DeviceWorkerVerticle> devices,
      Runnable wake) {
    this.vertx = vertx;
    this.clock = clock;
    this.windows = windows;
    this.devices = List.copyOf(devices);
    this.wake = wake;
  }

  /** Checks the windows for as long as Vert.x runs. */
  public void start() {
    check();
  }

  private void check() {
    Instant now = clock.instant();
    for (DeviceWorkerVerticle device : devices) {
      OpeningHours hours = windows.of(device.slot());
      if (!hours.isOpen(now)) {
        String closed = hours.lastChange(now).map(hours::time).orElse("");
        device.closeWindow(new Cause.WindowClosed(closed));
      }
    }
    Set<OpeningHours> before = open;
    open = all().filter(hours -> hours.isOpen(now)).collect(Collectors.toUnmodifiableSet());
    if (!before.containsAll(open)) {
      wake.run();
    }
    all()
        .flatMap(hours -> hours.nextChange(now).stream())
        .min(Comparator.naturalOrder())
        .map(next -> Duration.between(now, next))
        .map(left -> left.compareTo(LONGEST) < 0 ? left : LONGEST)
        .ifPresent(left -> vertx.setTimer(left.toMillis() + 1, timer -> check()));
  }

  private Stream<OpeningHours> all() {
    return Stream.of(windows.gpu(), windows.cpu());
  }
}
