package org.bagnetlab.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.storage.cost.JobCostRow;

/** The last readings of the GPUs, and what all jobs of the lab used. */
final class DeviceGauges {

  private final MultiGauge utilisation;
  private final MultiGauge memoryUsed;
  private final MultiGauge memoryTotal;
  private final MultiGauge temperature;
  private final MultiGauge power;
  private final MultiGauge deviceSeconds;
  private final MultiGauge processorSeconds;
  private final MultiGauge energy;

  DeviceGauges(MeterRegistry registry) {
    utilisation = gauge(registry, "gpu.utilisation", "ratio", "Recent utilisation of a GPU");
    memoryUsed = gauge(registry, "gpu.memory.used", "bytes", "Memory of a GPU in use");
    memoryTotal = gauge(registry, "gpu.memory.total", "bytes", "Memory of a GPU");
    temperature = gauge(registry, "gpu.temperature", "celsius", "Temperature of a GPU");
    power = gauge(registry, "gpu.power", "watts", "Power draw of a GPU");
    deviceSeconds =
        gauge(registry, "jobs.device", "seconds", "Time for which all jobs occupied devices");
    processorSeconds =
        gauge(registry, "jobs.processor", "seconds", "Processor time of all jobs, as far as known");
    energy =
        gauge(registry, "jobs.energy", "joules", "Energy of the devices of all jobs, if known");
  }

  private static MultiGauge gauge(
      MeterRegistry registry, String name, String unit, String description) {
    return MultiGauge.builder("bagnetlab." + name)
        .baseUnit(unit)
        .description(description)
        .register(registry);
  }

  /** Shows these values from now on; those that are not known are left out. */
  void update(List<Gpu> gpus, Optional<JobCostRow> costs) {
    rows(utilisation, gpus, gpu -> number(gpu.utilisation(), 0.01));
    rows(memoryUsed, gpus, gpu -> number(gpu.memoryUsed(), 1));
    rows(memoryTotal, gpus, gpu -> number(gpu.memoryTotal(), 1));
    rows(temperature, gpus, gpu -> number(gpu.temperature(), 1));
    rows(power, gpus, Gpu::power);
    row(deviceSeconds, costs.map(JobCostRow::deviceSeconds));
    row(processorSeconds, costs.flatMap(JobCostRow::processorSeconds));
    row(energy, costs.flatMap(JobCostRow::joules));
  }

  private static void rows(
      MultiGauge gauge, List<Gpu> gpus, Function<Gpu, OptionalDouble> reading) {
    gauge.register(
        gpus.stream()
            .filter(gpu -> reading.apply(gpu).isPresent())
            .<Row<?>>map(
                gpu ->
                    Row.of(
                        Tags.of("gpu", String.valueOf(gpu.index()), "uuid", gpu.uuid()),
                        reading.apply(gpu).getAsDouble()))
            .toList(),
        true);
  }

  private static void row(MultiGauge gauge, Optional<Double> value) {
    gauge.register(value.stream().<Row<?>>map(known -> Row.of(Tags.empty(), known)).toList(), true);
  }

  private static OptionalDouble number(OptionalLong reading, double unit) {
    return reading.isPresent()
        ? OptionalDouble.of(reading.getAsLong() * unit)
        : OptionalDouble.empty();
  }
}
