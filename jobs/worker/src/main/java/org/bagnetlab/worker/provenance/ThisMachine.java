package org.bagnetlab.worker.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Cpu;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.protocol.RunningEngine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.worker.run.WorkerLocation;

/** Reads what this process computes with. */
public final class ThisMachine {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  /** Sets of instructions that numbers depend on, since kernels are chosen by them. */
  private static final Pattern VECTORS =
      Pattern.compile("avx.*|amx.*|fma|f16c|asimd.*|sve.*|bf16|i8mm");

  private static final Pattern DRIVER = Pattern.compile("Kernel Module.*?(\\d+(?:\\.\\d+)+)");

  private ThisMachine() {}

  /** What computes the results of this process with a started engine. */
  public static Provenance with(EngineFacts engine) {
    CodeFile file = CodeFile.ofThisProcess();
    return new Provenance(
        file.code(),
        new RunningEngine(
            engine.engine(),
            file.libraries(),
            WorkerLocation.of(engine.device(), System.getenv()),
            engine.threads(),
            engine.fastPath(),
            Optional.of(engine.evidence())),
        Optional.of("%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor"))),
        Optional.of(
            "%s %s, %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch"))),
        Optional.of(cpu(lines(PROCESSORS))),
        driver(lines(NVIDIA)));
  }

  /** The first processor of Linux' list. */
  static Cpu cpu(List<String> processors) {
    List<String> flags =
        value(processors, "flags")
            .or(() -> value(processors, "Features"))
            .map(text -> List.of(text.split("\\s+")))
            .orElse(List.of());
    return new Cpu(
        value(processors, "model name").orElse("unknown"),
        flags.stream().filter(flag -> VECTORS.matcher(flag).matches()).sorted().toList());
  }

  static Optional<String> driver(List<String> lines) {
    return lines.stream()
        .map(DRIVER::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private static Optional<String> value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /** Empty if the system has no such file. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
