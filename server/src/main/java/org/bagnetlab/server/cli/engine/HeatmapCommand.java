package org.bagnetlab.server.cli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws where in an image a BagNet sees evidence for a class. */
@Command(
    name = "heatmap",
    description =
        "Show where in an image a BagNet, with weights from a file, finds evidence for a class.")
public final class HeatmapCommand implements Callable<Integer> {

  enum Mode {
    faithful,
    report
  }

  @Mixin private SubjectOptions subject = new SubjectOptions();

  @Option(names = "--class", required = true, description = "Class index, from 0.")
  private int label;

  @Option(
      names = "--stride",
      defaultValue = "1",
      description = {
        "Pixels between patches: 1, 2, 4 or 8. Default: ${DEFAULT-VALUE}.",
        "The first patch is centred at pixel (q - 1) / 2 modulo the stride, for patches of q pixels."
      })
  private int stride;

  @Option(
      names = "--mode",
      defaultValue = "faithful",
      description = {
        "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
        "report reproduces the report's heatmaps: the image normalised twice, the logits in units of their"
            + " spread, without the border, coloured from the 1st to the 99th percentile."
      })
  private Mode mode = Mode.faithful;

  @Option(names = "--png", paramLabel = "OUT", description = "Write the heatmap as a PNG file.")
  private @Nullable Path png;

  @Option(
      names = "--values",
      paramLabel = "OUT.npy",
      description = "Write the logits as a NumPy file: float32, [height, width].")
  private @Nullable Path values;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private EngineOption engine = new EngineOption();

  @Override
  public Integer call() throws Exception {
    JsonNode result = EngineClient.ask(engine.slot(), request());
    if (!json.printed(result)) {
      print(result);
    }
    return 0;
  }

  private EngineRequest request() {
    EngineRequest.Subject asked = subject.subject();
    check(Architectures.named(asked.architecture()), stride);
    return new EngineRequest.Heatmap(
        asked,
        label,
        stride,
        HeatmapMode.valueOf(mode.name().toUpperCase(Locale.ROOT)),
        writable(png),
        writable(values));
  }

  /** Refuses networks and strides that do not allow heatmaps. */
  static void check(Blueprint blueprint, int stride) {
    if (!blueprint.bagOfLocalFeatures()) {
      throw new Failure(
          "%s does not sum local evidence, so it has no heatmap: choose a BagNet with --arch."
              .formatted(blueprint.label()));
    }
    if (Integer.bitCount(stride) != 1 || stride < 1 || stride > 8) {
      throw new Failure("--stride must be 1, 2, 4 or 8, but is %d.".formatted(stride));
    }
  }

  /** Checks an output file, so that problems with its folder are found before the computation. */
  private static Optional<String> writable(@Nullable Path file) {
    if (file == null) {
      return Optional.empty();
    }
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(absolute)) {
      throw new Failure("Cannot write %s.".formatted(file));
    }
    return Optional.of(absolute.toString());
  }

  private void print(JsonNode result) {
    result.path("notes").forEach(note -> System.out.println(Terminal.line(note.asText())));
    System.out.printf(
        "Class %d, %d x %d values from %.3f to %.3f, mean %.3f, in %.1f s%n",
        label,
        result.path("width").asInt(),
        result.path("height").asInt(),
        result.path("minimum").asDouble(),
        result.path("maximum").asDouble(),
        result.path("mean").asDouble(),
        result.path("seconds").asDouble());
    if (png == null && values == null) {
      System.out.println("No file was written: set --png or --values.");
    }
  }
}
