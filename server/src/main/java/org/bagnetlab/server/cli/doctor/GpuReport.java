package org.bagnetlab.server.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import org.bagnetlab.queue.device.nvidia.FreeMemoryGate;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.GpuStatus;
import org.bagnetlab.queue.device.nvidia.Inventory;

/** Reports a machine's GPUs: which of them can run jobs, and why others cannot. */
final class GpuReport {

  static final double GIB = 1L << 30;

  private GpuReport() {}

  /** Adds what was found to a report. */
  static void add(ObjectNode report, Inventory inventory, boolean cudaClassPath) {
    ArrayNode gpus = report.putArray("gpus");
    ArrayNode problems = report.putArray("gpuProblems");
    report.put("cudaClassPath", cudaClassPath);
    if (inventory instanceof Inventory.Unavailable unavailable) {
      problems.add(unavailable.reason());
    } else if (inventory instanceof Inventory.Found found) {
      found.gpus().forEach(status -> add(gpus.addObject(), status));
      found.problems().forEach(problems::add);
    }
  }

  private static void add(ObjectNode json, GpuStatus status) {
    Gpu gpu = status.gpu();
    json.put("name", gpu.label());
    json.put("uuid", gpu.uuid());
    json.put("driver", gpu.driver());
    gpu.computeCapability().ifPresent(version -> json.put("computeCapability", version.toString()));
    gpu.memoryTotal().ifPresent(bytes -> json.put("memoryTotal", bytes));
    json.put("verdict", status.refusal().isPresent() ? "refused" : "usable");
    // What keeps jobs off it, for ever or while another program uses it.
    FreeMemoryGate.standard().refusal(status).ifPresent(reason -> json.put("refusal", reason));
  }

  /** Prints what was added to a report. */
  static void print(JsonNode report, PrintStream out) {
    for (JsonNode gpu : report.path("gpus")) {
      out.printf("GPU           %s%n", line(gpu));
    }
    for (JsonNode problem : report.path("gpuProblems")) {
      out.printf("GPU           %s%n", problem.asText());
    }
    if (!report.path("gpus").isEmpty() && !report.path("cudaClassPath").asBoolean()) {
      out.println(
          "GPU           no jobs: this build has no CUDA class path (worker-cuda; see"
              + " CONTRIBUTING.md)");
    }
  }

  private static String line(JsonNode gpu) {
    String refusal = gpu.path("refusal").asText();
    if (gpu.path("verdict").asText().equals("refused")) {
      return refusal;
    }
    return "%s, %.1f GiB, compute capability %s: usable%s"
        .formatted(
            gpu.path("name").asText(),
            gpu.path("memoryTotal").asLong() / GIB,
            gpu.path("computeCapability").asText(),
            refusal.isEmpty() ? "" : ", but currently unavailable. " + refusal);
  }
}
