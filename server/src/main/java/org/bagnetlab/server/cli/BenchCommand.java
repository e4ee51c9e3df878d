package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architectures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the engine. */
@Command(
    name = "bench",
    description = "Measure training or inference: median images per second after warm-up.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  enum Operation {
    train,
    infer
  }

  @Parameters(paramLabel = "OPERATION", description = "${COMPLETION-CANDIDATES}.")
  private Operation operation = Operation.train;

  @Option(names = "--arch", required = true, description = "The architecture.")
  private String architecture = "";

  @Option(names = "--size", defaultValue = "64", description = "Pixels. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(names = "--batch", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(names = "--width", defaultValue = "1.0", description = "Default: ${DEFAULT-VALUE}.")
  private double width;

  @Option(names = "--threads", description = "Default: all cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--iterations", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Architectures.named(architecture).build(2, width, size).shapes();
    JsonNode result =
        EngineClient.ask(
            threads,
            new EngineRequest.Bench(
                EngineRequest.Operation.valueOf(operation.name().toUpperCase(Locale.ROOT)),
                architecture,
                size,
                batch,
                width,
                iterations));
    if (json) {
      System.out.println(Json.line(result));
    } else {
      System.out.printf(
          "%s %s: %.1f images/s (fast path %s)%n",
          operation,
          architecture,
          result.path("imagesPerSecond").asDouble(),
          result.path("fastPath").asBoolean() ? "active" : "NOT active");
    }
    return 0;
  }
}
