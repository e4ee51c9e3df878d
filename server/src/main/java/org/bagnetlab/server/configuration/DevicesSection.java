package org.bagnetlab.server.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;

/**
 * The section about the use of GPUs.
 *
 * @param engine for GPUs that several engines can use: {@code torch} or {@code nd4j}
 * @param algorithms algorithms of libtorch: {@code repeatable}, with which a resumed job has
 *     bitwise the same result as an uninterrupted one, or {@code fastest}
 * @param slots how many jobs may run on a GPU at once: a number, or {@code auto}, as many as fit
 */
public record DevicesSection(
    Optional<String> engine, Optional<String> algorithms, Optional<String> slots) {

  private static final String AUTO = "auto";

  private static final List<String> ALGORITHMS = List.of("repeatable", "fastest");

  /** Checks the values. */
  public DevicesSection {
    engine.ifPresent(DevicesSection::named);
    algorithms.ifPresent(
        name -> {
          if (!ALGORITHMS.contains(name)) {
            throw new IllegalArgumentException(
                "algorithms must be repeatable or fastest, but is '%s'".formatted(name));
          }
        });
    slots.ifPresent(DevicesSection::counted);
  }

  private static GpuSlots counted(String slots) {
    if (slots.equals(AUTO)) {
      return GpuSlots.byMeasurement();
    }
    try {
      return GpuSlots.equal(Integer.parseInt(slots));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "slots must be a number from 1 to %d or auto, but is '%s'"
              .formatted(GpuSlots.MOST, slots),
          e);
    }
  }

  private static GpuEngine named(String name) {
    return Arrays.stream(GpuEngine.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "engine must be torch or nd4j, but is '%s'".formatted(name)));
  }

  /** Options for the Java virtual machine of workers. */
  public List<String> workerOptions() {
    return algorithms.map(name -> List.of("-Dbagnetlab.algorithms=" + name)).orElse(List.of());
  }

  /** How many jobs may run at once on each GPU; one by default. */
  public GpuSlots gpuSlots() {
    return slots.map(DevicesSection::counted).orElse(GpuSlots.ONE);
  }

  /** Orders the engines with the preferred one first. */
  public GpuEngines order(GpuEngines engines) {
    return engine.map(name -> engines.preferring(named(name))).orElse(engines);
  }
}
