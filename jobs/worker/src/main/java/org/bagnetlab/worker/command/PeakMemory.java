package org.bagnetlab.worker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory that this process has had, heap and native together. */
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String HIGH_WATER_MARK = "VmHWM:";

  private PeakMemory() {}

  /** In bytes; empty where the system has no {@code /proc}. */
  static OptionalLong bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(HIGH_WATER_MARK)) {
          String kilobytes = line.substring(HIGH_WATER_MARK.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kilobytes) * 1024);
        }
      }
    } catch (IOException e) {
      return OptionalLong.empty(); // no Linux
    }
    return OptionalLong.empty();
  }
}
