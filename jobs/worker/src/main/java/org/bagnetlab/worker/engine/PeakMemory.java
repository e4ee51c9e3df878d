package org.bagnetlab.worker.engine;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bagnetlab.vision.network.Engine;

/** The peak memory use of this process so far. */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String HIGH_WATER_MARK = "VmHWM:";

  private PeakMemory() {}

  /**
   * A text for the log: the peak memory use on the machine and, if the engine uses another device,
   * on that device.
   */
  public static String describe(Engine engine) {
    return Stream.of(
            described(ofProcess(), "memory"),
            described(ofDevice(engine), "memory of " + engine.facts().device()))
        .flatMap(Optional::stream)
        .collect(joining(", "));
  }

  /** Empty if the engine cannot report it: a number must not make a job fail. */
  static OptionalLong ofDevice(Engine engine) {
    try {
      return engine.peakDeviceMemory();
    } catch (RuntimeException | LinkageError e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<String> described(OptionalLong bytes, String of) {
    return bytes.isPresent()
        ? Optional.of("at most %d MB of %s".formatted(megabytes(bytes.getAsLong()), of))
        : Optional.empty();
  }

  /** Converts bytes to megabytes of a million bytes. */
  public static long megabytes(long bytes) {
    return bytes / 1_000_000;
  }

  /** Heap and native memory of the process in bytes; empty if the system has no {@code /proc}. */
  public static OptionalLong ofProcess() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(HIGH_WATER_MARK)) {
          String kilobytes = line.substring(HIGH_WATER_MARK.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kilobytes) * 1024);
        }
      }
    } catch (IOException e) {
      return OptionalLong.empty(); // not Linux
    }
    return OptionalLong.empty();
  }
}
