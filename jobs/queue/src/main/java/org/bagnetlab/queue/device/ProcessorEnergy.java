package org.bagnetlab.queue.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The energy of this machine's processor packages, from Linux's powercap interface to RAPL (running
 * average power limit). By default only root may read it.
 */
public final class ProcessorEnergy implements DeviceMeter.Counter {

  private static final Path POWERCAP = Path.of("/sys/class/powercap");

  /**
   * Zones, on AMD, too. One may be the whole platform ({@code psys}), which contains the packages;
   * zones with a second number are parts of packages.
   */
  private static final String PACKAGES = "intel-rapl:[0-9]*";

  private final List<Zone> zones;

  private ProcessorEnergy(List<Zone> zones) {
    this.zones = zones;
  }

  /** The counters of this machine; without values if they cannot be read. */
  public static ProcessorEnergy ofThisMachine() {
    return in(POWERCAP);
  }

  static ProcessorEnergy in(Path powercap) {
    List<Zone> zones = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(powercap, PACKAGES)) {
      for (Path zone : found) {
        if (Files.readString(zone.resolve("name")).startsWith("package")) {
          zones.add(new Zone(zone));
        }
      }
    } catch (IOException e) {
      return new ProcessorEnergy(List.of()); // no such interface, or no permission to read it
    }
    return new ProcessorEnergy(zones);
  }

  @Override
  public synchronized DeviceMeter.Reading read() {
    try {
      double joules = 0;
      for (Zone zone : zones) {
        joules += zone.microjoules() / 1e6;
      }
      return new DeviceMeter.Reading(
          zones.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(joules), 0, 0);
    } catch (IOException | UncheckedIOException e) {
      return DeviceMeter.Reading.NONE;
    }
  }

  /** A package's counter, which starts again at zero after its largest value. */
  private static final class Zone {

    private final Path counter;
    private final long range;
    private long last;
    private long total;

    Zone(Path directory) throws IOException {
      counter = directory.resolve("energy_uj");
      range = number(directory.resolve("max_energy_range_uj"));
      last = number(counter);
    }

    /** Energy since this object was created, provided that it is read before a second overflow. */
    long microjoules() throws IOException {
      long now = number(counter);
      total += now < last ? now + range - last : now - last;
      last = now;
      return total;
    }

    private static long number(Path file) throws IOException {
      return Long.parseLong(Files.readString(file).strip());
    }
  }
}
