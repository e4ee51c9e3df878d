package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many processes the kernel has killed because memory ran out. A process killed by SIGKILL
 * while the number grew was most likely one of them; the kernel gives no other indication.
 *
 * @param count since the boot or the container's start; 0 if unknown
 */
public record KernelKills(long count) {

  /** None are known. */
  public static final KernelKills NONE = new KernelKills(0);

  /** Of this control group, version 2 or 1, and of the whole machine; the first that is there. */
  private static final List<Path> COUNTERS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.events"),
          Path.of("/sys/fs/cgroup/memory/memory.oom_control"),
          Path.of("/proc/vmstat"));

  private static final String NAME = "oom_kill ";

  /** The present number. */
  public static KernelKills now() {
    for (Path counter : COUNTERS) {
      try {
        for (String line : Files.readAllLines(counter)) {
          if (line.startsWith(NAME)) {
            return new KernelKills(Long.parseLong(line.substring(NAME.length()).strip()));
          }
        }
      } catch (IOException e) {
        // This kernel counts elsewhere.
      }
    }
    return NONE;
  }

  /** Whether there were any after an earlier number. */
  public boolean since(KernelKills earlier) {
    return count > earlier.count();
  }
}
