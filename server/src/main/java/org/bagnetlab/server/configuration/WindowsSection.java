package org.bagnetlab.server.configuration;

import java.time.ZoneId;
import java.util.Optional;
import org.bagnetlab.queue.window.DailyWindow;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.queue.window.OpeningHours;

/**
 * The section about the hours in which jobs run, in the machine's time zone.
 *
 * @param gpu hours of each day in which jobs run on GPUs: {@code "20:00-08:00"}
 * @param cpu the same for CPUs
 * @param weekend {@code all} if jobs also run all Saturday and Sunday
 */
public record WindowsSection(Optional<String> gpu, Optional<String> cpu, Optional<String> weekend) {

  /** Checks the values. */
  public WindowsSection {
    gpu.ifPresent(DailyWindow::of);
    cpu.ifPresent(DailyWindow::of);
    weekend.ifPresent(
        days -> {
          if (gpu.isEmpty() && cpu.isEmpty()) {
            throw new IllegalArgumentException(
                "weekend needs a window, such as gpu: \"20:00-08:00\"; without one, jobs run at any time");
          }
          if (!days.equals("all")) {
            throw new IllegalArgumentException(
                "weekend must be all, or left out, but is '%s'".formatted(days));
          }
        });
  }

  /** The hours in this time zone. */
  public JobWindows windows(ZoneId zone) {
    return new JobWindows(hours(gpu, zone), hours(cpu, zone));
  }

  private OpeningHours hours(Optional<String> window, ZoneId zone) {
    return new OpeningHours(window.map(DailyWindow::of), weekend.isPresent(), zone);
  }
}
