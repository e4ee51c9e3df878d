package org.bagnetlab.server.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuEngines;

/**
 * How GPUs are used.
 *
 * @param engine for GPUs that several engines can use: {@code torch} or {@code nd4j}
 */
public record DevicesSection(Optional<String> engine) {

  static final DevicesSection STANDARD = new DevicesSection(Optional.empty());

  /** Checks the name. */
  public DevicesSection {
    engine.ifPresent(DevicesSection::named);
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

  /** The engines with the preferred one first. */
  public GpuEngines order(GpuEngines engines) {
    return engine.map(name -> engines.preferring(named(name))).orElse(engines);
  }
}
