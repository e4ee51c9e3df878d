package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory in bytes of this machine, or of the container that this process runs in. */
final class MachineMemory {

  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String TOTAL = "MemTotal:";
  private static final String AVAILABLE = "MemAvailable:";

  private MachineMemory() {}

  /** The total memory; if Java does not report it, the amount that this process may use. */
  static long total() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  /**
   * Memory that a new process could use without swapping, in the machine and in the container; 0 if
   * unknown.
   */
  static long available() {
    OptionalLong ofMachine = line(AVAILABLE);
    if (ofMachine.isEmpty()
        || !(ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system)) {
      return 0;
    }
    // Outside a container, Java counts the file cache as used memory. Inside a container, only
    // Java's value respects the limit.
    return system.getTotalMemorySize() < line(TOTAL).orElse(0)
        ? Math.min(ofMachine.getAsLong(), system.getFreeMemorySize())
        : ofMachine.getAsLong();
  }

  private static OptionalLong line(String name) {
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).replace("kB", "").strip())
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // not Linux
    }
  }
}
