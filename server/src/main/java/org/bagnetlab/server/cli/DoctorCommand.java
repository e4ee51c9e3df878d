package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.gpu.NvidiaSmi;
import org.bagnetlab.queue.process.LocalLauncher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at what the lab needs of this machine. */
@Command(
    name = "doctor",
    description = "Look at Java, the processor, the engine's fast path, GPUs, memory and disk.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    ObjectNode report = Json.MAPPER.createObjectNode();
    report.put("java", System.getProperty("java.version"));
    report.put("cores", Runtime.getRuntime().availableProcessors());
    report.put("cpuFlags", flags());
    report.put("memoryBytes", memory());
    Path directory = data.directory();
    report.put("dataDirectory", directory.toString());
    report.put("diskFreeBytes", existing(directory).toFile().getUsableSpace());
    GpuReport.add(
        report,
        NvidiaSmi.of(System.getenv()).inventory(),
        LocalLauncher.ofThisApplication().has("cuda"));
    report.set("engine", EngineClient.ask(new EngineRequest.Doctor()));
    boolean fast = report.path("engine").path("fastPath").asBoolean();
    if (json) {
      System.out.println(Json.line(report));
    } else {
      print(report, fast);
    }
    return fast ? 0 : 1;
  }

  private static void print(ObjectNode report, boolean fast) {
    System.out.printf("Java          %s%n", report.path("java").asText());
    System.out.printf(
        "Processor     %d cores, %s%n",
        report.path("cores").asInt(), report.path("cpuFlags").asText());
    System.out.printf("Memory        %.1f GiB%n", report.path("memoryBytes").asLong() / GIB);
    System.out.printf(
        "Data          %s, %.1f GiB free%n",
        report.path("dataDirectory").asText(), report.path("diskFreeBytes").asLong() / GIB);
    System.out.printf(
        "Engine        %s on %s, %d threads%n",
        report.path("engine").path("engine").asText(),
        report.path("engine").path("device").asText(),
        report.path("engine").path("threads").asInt());
    System.out.printf(
        "Fast path     %s: %s%n",
        fast ? "active" : "NOT ACTIVE", report.path("engine").path("evidence").asText());
    GpuReport.print(report, System.out);
  }

  private static final double GIB = 1L << 30;

  private static Path existing(Path path) {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static String flags() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpus)) {
      return "flags unknown";
    }
    try (Stream<String> lines = Files.lines(cpus)) {
      String all = lines.filter(line -> line.startsWith("flags")).findFirst().orElse("");
      List<String> known = List.of("avx", "avx2", "fma", "avx512f");
      return String.join(
          " ", known.stream().filter(flag -> all.matches(".*\\b" + flag + "\\b.*")).toList());
    }
  }

  private static long memory() throws IOException {
    Path memory = Path.of("/proc/meminfo");
    if (!Files.isReadable(memory)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(memory)) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }
}
