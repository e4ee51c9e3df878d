package org.bagnetlab.server.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.nvidia.Mps;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.window.OpeningHours;
import org.bagnetlab.server.cli.device.DeviceOptions;
import org.bagnetlab.server.cli.engine.EngineClient;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.cli.terminal.Verbosity;
import org.bagnetlab.server.configuration.DevicesSection;
import org.bagnetlab.server.configuration.ExposedSecrets;
import org.bagnetlab.server.configuration.InvalidConfiguration;
import org.bagnetlab.server.configuration.LabConfiguration;
import org.bagnetlab.server.engine.EngineFailure;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.notification.recipient.Recipient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks whether this machine has everything that the lab needs. */
@Command(
    name = "doctor",
    description = "Check Java, the CPU, the engine's fast path, GPUs, memory, disk and settings.")
public final class DoctorCommand implements Callable<Integer> {

  @Mixin private JsonOption json = new JsonOption();

  @Spec private @Nullable CommandSpec spec;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    ObjectNode report = Json.MAPPER.createObjectNode();
    report.put("java", System.getProperty("java.version"));
    report.put("javaHome", System.getProperty("java.home"));
    report.put("cores", Runtime.getRuntime().availableProcessors());
    report.put("cpuFlags", flags());
    report.put("memoryBytes", memory());
    Path directory = data.directory();
    report.put("dataDirectory", directory.toString());
    report.put("diskFreeBytes", existing(directory).toFile().getUsableSpace());
    DevicesSection devices = devices(directory);
    GpuReport.add(
        report,
        NvidiaSmi.of(System.getenv()).inventory(),
        devices.order(DeviceOptions.engines()),
        devices.gpuSlots(),
        Mps.of(System.getenv()));
    addSettings(report.putObject("settings"), directory);
    report.set("engine", engine());
    if (!json.printed(report)) {
      print(report);
    }
    boolean well =
        report.path("engine").path("fastPath").asBoolean()
            && !report.path("settings").has("problem");
    return well ? 0 : 1;
  }

  /** How {@code serve} would use GPUs; an invalid setting is reported separately. */
  private static DevicesSection devices(Path directory) throws IOException {
    try {
      return LabConfiguration.in(directory).devices();
    } catch (InvalidConfiguration e) {
      return LabConfiguration.standard().devices();
    }
  }

  private static void addSettings(ObjectNode settings, Path directory) {
    Path file = directory.resolve(LabConfiguration.FILE);
    settings.put("file", file.toString());
    settings.put("present", Files.exists(file));
    try {
      LabConfiguration configuration = LabConfiguration.in(directory);
      ExposedSecrets.warning(directory, configuration)
          .ifPresent(warning -> settings.put("warning", warning));
      addMessages(settings.putObject("messages"), configuration.housekeeping());
      addHours(settings, "gpuHours", configuration.policy().windows().gpu());
      addHours(settings, "cpuHours", configuration.policy().windows().cpu());
    } catch (InvalidConfiguration e) {
      settings.put("problem", e.getMessage());
    } catch (IOException e) {
      settings.put("problem", "Cannot read %s (%s).".formatted(file, e));
    }
  }

  private static void addMessages(ObjectNode messages, HousekeepingSettings settings) {
    ArrayNode recipients = messages.putArray("recipients");
    for (Recipient recipient : settings.messages().recipients()) {
      recipients.addObject().put("service", recipient.service()).put("host", recipient.host());
    }
    settings.messages().daily().ifPresent(daily -> messages.put("daily", daily.toString()));
    messages.put("links", settings.links());
  }

  /** When jobs run on the devices of a kind, unless they run at any time. */
  private static void addHours(ObjectNode settings, String name, OpeningHours hours) {
    if (hours.daily().isPresent()) {
      settings.put(
          name,
          hours.refusal(Instant.now()).orElse("Jobs run %s; the window is open.".formatted(hours)));
    }
  }

  /**
   * The engine's description, or the reason why there is none: the rest of the report is still
   * useful.
   */
  private JsonNode engine() throws InterruptedException {
    try {
      return EngineClient.ask(new EngineRequest.Doctor());
    } catch (EngineFailure e) {
      if (Verbosity.verbose(spec)) {
        e.said().forEach(System.err::println);
      }
      return silent(e.getMessage());
    } catch (IOException e) {
      return silent(e.getMessage());
    }
  }

  private static ObjectNode silent(@Nullable String why) {
    return Json.MAPPER
        .createObjectNode()
        .put("fastPath", false)
        .put("evidence", why == null ? "it did not respond" : why);
  }

  private static void print(ObjectNode report) {
    System.out.printf(
        "Java          %s, %s%n", report.path("java").asText(), report.path("javaHome").asText());
    System.out.printf(
        "Processor     %d cores, %s%n",
        report.path("cores").asInt(), report.path("cpuFlags").asText());
    System.out.printf(
        "Memory        %.1f GiB%n", report.path("memoryBytes").asLong() / GpuReport.GIB);
    System.out.printf(
        "Data          %s, %.1f GiB free%n",
        report.path("dataDirectory").asText(),
        report.path("diskFreeBytes").asLong() / GpuReport.GIB);
    printSettings(report.path("settings"));
    printEngine(report.path("engine"));
    GpuReport.print(report, System.out);
  }

  private static void printSettings(JsonNode settings) {
    String file = settings.path("file").asText();
    if (settings.has("problem")) {
      System.out.printf("Settings      INVALID: %s%n", settings.path("problem").asText());
    } else if (settings.path("present").asBoolean()) {
      System.out.printf("Settings      %s%n", settings.path("warning").asText(file + ": valid"));
    } else {
      System.out.printf("Settings      defaults (%s not found)%n", file);
    }
    for (String device : List.of("gpu", "cpu")) {
      if (settings.has(device + "Hours")) {
        System.out.printf(
            "Hours of %ss %s%n",
            device.toUpperCase(Locale.ROOT), settings.path(device + "Hours").asText());
      }
    }
    printMessages(settings.path("messages"));
  }

  private static void printMessages(JsonNode messages) {
    JsonNode recipients = messages.path("recipients");
    for (JsonNode recipient : recipients) {
      System.out.printf(
          "Messages to   %s at %s%n",
          recipient.path("service").asText(), recipient.path("host").asText());
    }
    if (!recipients.isEmpty()) {
      System.out.printf("Daily message %s%n", messages.path("daily").asText("none"));
      System.out.printf("              %s%n", messages.path("links").asText());
    }
  }

  private static void printEngine(JsonNode engine) {
    String evidence = Terminal.shown(engine.path("evidence").asText());
    if (!engine.has("engine")) {
      System.out.printf("Engine        NOT WORKING: %s%n", evidence);
      return;
    }
    System.out.printf(
        "Engine        %s on %s, %d threads%n",
        engine.path("engine").asText(),
        engine.path("device").asText(),
        engine.path("threads").asInt());
    System.out.printf(
        "Fast path     %s: %s%n",
        engine.path("fastPath").asBoolean() ? "active" : "NOT ACTIVE", evidence);
    if (engine.has("limits")) {
      System.out.printf(
          "Measured      products %.0f GFLOP/s, memory %.1f GB/s%n",
          engine.at("/limits/flops").asDouble() / 1e9, engine.at("/limits/bytes").asDouble() / 1e9);
    }
  }

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
      List<String> known = List.of("avx", "avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16");
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
