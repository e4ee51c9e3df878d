package org.bagnetlab.server.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Optional;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.Mps;

/** Reports a machine's GPUs: which of them can run jobs, and why others cannot. */
final class GpuReport {

  static final double GIB = 1L << 30;

  private GpuReport() {}

  /**
   * Adds the GPUs to a report.
   *
   * @param slots how many jobs may run on a GPU whose engine lets jobs share it
   */
  static void add(
      ObjectNode report, Inventory inventory, GpuEngines engines, GpuSlots slots, Mps mps) {
    ArrayNode gpus = report.putArray("gpus");
    ArrayNode problems = report.putArray("gpuProblems");
    for (Gpu gpu : inventory.gpus()) {
      ObjectNode json = gpus.addObject();
      add(json, gpu, engines);
      engines
          .choose(gpu)
          .map(engine -> engine.slots(slots))
          .filter(GpuSlots::shared)
          .ifPresent(
              of ->
                  json.put("slots", of.count())
                      .put("sharing", "Runs %s. %s".formatted(of.text(), mps.sharing())));
    }
    inventory.problems().forEach(problems::add);
  }

  private static void add(ObjectNode json, Gpu gpu, GpuEngines engines) {
    json.put("name", gpu.label());
    json.put("uuid", gpu.uuid());
    json.put("driver", gpu.driver());
    gpu.computeCapability()
        .ifPresent(version -> json.put("computeCapability", version.toPlainString()));
    gpu.memoryTotal().ifPresent(bytes -> json.put("memoryTotal", bytes));
    Optional<GpuEngine> engine = engines.choose(gpu);
    boolean usable = gpu.failure().isEmpty() && engine.isPresent();
    json.put("verdict", usable ? "usable" : "refused");
    engine.ifPresent(chosen -> json.put("engine", chosen.label()));
    // Filled only for a GPU that some engine may support.
    ObjectNode others = json.putObject("engineRefusals");
    if (gpu.unsupported().isEmpty()) {
      for (GpuEngine each : engines.order()) {
        engines.refusal(each, gpu).ifPresent(why -> others.put(each.label(), why));
      }
    }
    engines.refusal(gpu).or(gpu::unavailable).ifPresent(reason -> json.put("refusal", reason));
  }

  /** Prints the GPUs of a report. */
  static void print(JsonNode report, PrintStream out) {
    for (JsonNode gpu : report.path("gpus")) {
      out.printf("GPU           %s%n", line(gpu));
      if (gpu.path("verdict").asText().equals("usable")) {
        if (gpu.has("sharing")) {
          out.printf("              %s%n", gpu.path("sharing").asText());
        }
        gpu.path("engineRefusals").forEach(why -> out.printf("              %s%n", why.asText()));
      }
    }
    for (JsonNode problem : report.path("gpuProblems")) {
      out.printf("GPU           %s%n", problem.asText());
    }
  }

  private static String line(JsonNode gpu) {
    String refusal = gpu.path("refusal").asText();
    if (gpu.path("verdict").asText().equals("refused")) {
      return refusal;
    }
    return "%s, %.1f GiB, compute capability %s: usable with %s%s"
        .formatted(
            gpu.path("name").asText(),
            gpu.path("memoryTotal").asLong() / GIB,
            gpu.path("computeCapability").asText(),
            gpu.path("engine").asText(),
            refusal.isEmpty() ? "" : ", but currently unavailable. " + refusal);
  }
}
