package org.bagnetlab.server.cli.engine;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.NewFile;
import org.bagnetlab.server.engine.EngineProcess;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.WidthFactor;
import org.bagnetlab.vision.network.StepProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the engine, or the input of trainings. */
@Command(
    name = "bench",
    description = {
      "Benchmark training, inference or exact heatmaps: the median after warm-up, with initial"
          + " weights and synthetic images.",
      "Run nothing else meanwhile. Rates drift, so compare only results measured in one session."
    })
public final class BenchCommand implements Callable<Integer> {

  enum Operation {
    train,
    infer,
    heatmap,
    profile
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "OPERATION",
      arity = "0..1",
      description = {
        "${COMPLETION-CANDIDATES}; or input, which has options of its own.",
        "profile measures each operation of training steps, and how near it is to the limits of the"
            + " machine."
      })
  private Operation operation = Operation.train;

  // Not marked as required, because picocli would then require it for bench input, too.
  @Option(names = "--arch", description = "Name of the architecture. Required.")
  private String architecture = "";

  @Option(
      names = "--size",
      defaultValue = "64",
      description = "Image size in pixels. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--batch",
      defaultValue = "16",
      description = "Batch size; a heatmap uses one image. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(names = "--width", defaultValue = "1.0", description = "Default: ${DEFAULT-VALUE}.")
  private double width;

  @Option(names = "--threads", description = "Default: all cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "Number of measured batches, heatmaps or steps. Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--stride",
      defaultValue = "1",
      description =
          "For heatmaps: pixels between patches, 1, 2, 4 or 8. Default: ${DEFAULT-VALUE}.")
  private int stride;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      description =
          "fp32, tf32 or bf16; tf32 needs --engine torch, and bf16 too on a CPU without AVX512-BF16 or AMX. Default: ${DEFAULT-VALUE}.")
  private String precision = "fp32";

  @Option(
      names = "--plan",
      description = "Also show the memory plan: where each value is stored, and when it is needed.")
  private boolean plan;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "For profile: also draw a roofline chart, as SVG.")
  private @Nullable Path chart;

  @Option(
      names = "--turns",
      description = {
        "Measure in turns with another program: for each line of stdin, work for that many seconds"
            + " and print a result as a line of JSON. The line 0 is the end. Used by bench/compare."
      })
  private boolean turns;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private EngineOption engine = new EngineOption();

  /** Adds the benchmark of a training's input to the bench command of a command line. */
  public static void addInput(CommandLine line) {
    CommandLine bench = Objects.requireNonNull(line.getSubcommands().get("bench"));
    bench.addSubcommand(InputBenchmark.command());
  }

  @Override
  public Integer call() throws Exception {
    check();
    EngineRequest.Bench request = request();
    if (turns) {
      return EngineProcess.attached(
          LocalLauncher.ofThisApplication(),
          engine.slot(threads),
          new EngineRequest.BenchTurns(request));
    }
    if (operation == Operation.profile) {
      profile(request);
      return 0;
    }
    JsonNode result = EngineClient.ask(engine.slot(threads), request);
    if (!json.printed(result)) {
      print(result);
    }
    return 0;
  }

  private void profile(EngineRequest.Bench request) throws IOException, InterruptedException {
    JsonNode result = EngineClient.ask(engine.slot(threads), new EngineRequest.Profile(request));
    StepProfile profile = Json.MAPPER.treeToValue(result, StepProfile.class);
    if (chart != null) {
      String title =
          "%s, %d px, width %s, batch %d, %s threads: a training step"
              .formatted(Architectures.named(architecture).label(), size, width, batch, threads);
      Files.writeString(chart, RooflineChart.of(title, profile));
    }
    if (!json.printed(result)) {
      System.out.print(ProfileText.of(profile));
    }
  }

  private EngineRequest.Bench request() {
    return new EngineRequest.Bench(
        switch (operation) {
          case train, profile -> EngineRequest.Operation.TRAIN;
          case infer -> EngineRequest.Operation.INFER;
          case heatmap -> EngineRequest.Operation.HEATMAP;
        },
        architecture,
        size,
        batch,
        width,
        iterations,
        stride,
        precision(),
        plan);
  }

  private Precision precision() {
    return Stream.of(Precision.values())
        .filter(each -> each.text().equals(precision))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "--precision must be one of %s, but is %s."
                        .formatted(
                            Stream.of(Precision.values())
                                .map(Precision::text)
                                .collect(joining(", ")),
                            precision)));
  }

  private void check() {
    if (architecture.isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "Missing required option: '--arch=<ARCH>'");
    }
    Blueprint blueprint = Architectures.named(architecture);
    WidthFactor.check("--width", width);
    blueprint.build(2, width, size).shapes();
    var _ = atLeastOne("--batch", batch);
    var _ = atLeastOne("--threads", threads);
    var _ = atLeastOne("--iterations", iterations);
    if (chart != null && operation != Operation.profile) {
      throw new Failure("--chart is for bench profile.");
    }
    if (chart != null) {
      NewFile.requireWritable(chart);
    }
    if ((turns || plan) && operation == Operation.profile) {
      throw new Failure("bench profile has neither --turns nor --plan.");
    }
    if (operation == Operation.heatmap) {
      HeatmapCommand.check(blueprint, stride);
    }
  }

  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new Failure("%s must be at least 1, but is %d.".formatted(option, value));
    }
    return value;
  }

  private void print(JsonNode result) {
    String rate =
        operation == Operation.heatmap
            ? "%.2f s per image at stride %d"
                .formatted(result.path("secondsPerImage").asDouble(), stride)
            : "%.1f images/s".formatted(result.path("imagesPerSecond").asDouble());
    String memory =
        result.has("peakMemoryMb")
            ? ", at most %d MB of memory".formatted(result.path("peakMemoryMb").asLong())
            : "";
    if (result.has("peakDeviceMemoryMb")) {
      memory += ", %d MB of the GPU's".formatted(result.path("peakDeviceMemoryMb").asLong());
    }
    System.out.printf(
        "%s %s, %s, %s on %s: %s%s (fast path %s)%n",
        operation,
        architecture,
        precision,
        result.path("engine").asText(),
        result.path("device").asText(),
        rate,
        memory,
        result.path("fastPath").asBoolean() ? "active" : "NOT active");
    if (plan) {
      System.out.println("       MB at     MB long    first - last needed");
      System.out.print(result.path("memoryPlan").asText("This engine has no memory plan.\n"));
    }
  }
}
