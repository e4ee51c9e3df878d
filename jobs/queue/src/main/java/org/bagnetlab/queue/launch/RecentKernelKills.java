package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Detects whether the kernel recently killed a process because memory ran out. A process that ended
 * by SIGKILL in that time was most likely killed by the kernel, which gives no other hint. Its
 * count covers the whole machine, so a kill hours ago is unrelated to a worker that ends now.
 * Callable from any thread; each call may block.
 */
public final class RecentKernelKills {

  /**
   * Files with the counters of this control group, version 2 or 1, and of the machine. The first
   * existing file is used.
   */
  private static final List<Path> COUNTERS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.events"),
          Path.of("/sys/fs/cgroup/memory/memory.oom_control"),
          Path.of("/proc/vmstat"));

  private static final String NAME = "oom_kill ";

  private final LongSupplier count;
  private OptionalLong last = OptionalLong.empty();
  private OptionalLong before = OptionalLong.empty();

  /** Uses the kernel's own counter. */
  public RecentKernelKills() {
    this(RecentKernelKills::counted);
  }

  RecentKernelKills(LongSupplier count) {
    this.count = count;
  }

  /** Reads the counter; call it at regular intervals. */
  public synchronized void look() {
    before = last;
    last = OptionalLong.of(count.getAsLong());
  }

  /** Whether a kill occurred since the reading before the last one, or since the only reading. */
  public synchronized boolean any() {
    // The last reading may be after the process's end but before this call.
    OptionalLong earlier = before.isPresent() ? before : last;
    return earlier.isPresent() && count.getAsLong() > earlier.getAsLong();
  }

  /** The number of kills since the boot or the container's start; 0 if unknown. */
  private static long counted() {
    for (Path counter : COUNTERS) {
      try {
        for (String line : Files.readAllLines(counter)) {
          if (line.startsWith(NAME)) {
            return Long.parseLong(line.substring(NAME.length()).strip());
          }
        }
      } catch (IOException e) {
        // This kernel has its counter in another file.
      }
    }
    return 0;
  }
}
