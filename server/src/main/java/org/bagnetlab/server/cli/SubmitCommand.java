package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues a job on a running server. */
@Command(
    name = "submit",
    description = "Queue a job: train, evaluate or heatmap.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KIND", description = "train, evaluate or heatmap.")
  private String kind = "";

  @Option(names = "--arch", description = "train: the architecture.")
  private @Nullable String architecture;

  @Option(names = "--dataset", description = "train: the data set.")
  private @Nullable String dataset;

  @Option(names = "--size", description = "train: image size in pixels.")
  private @Nullable Integer imageSize;

  @Option(names = "--width", description = "train: factor on the channel counts.")
  private @Nullable Double width;

  @Option(
      names = "--weights",
      paramLabel = "NAME",
      description = "train: imported weights to start from.")
  private @Nullable String weights;

  @Option(names = "--recipe", description = "train: quick, report or sgd.")
  private @Nullable String recipe;

  @Option(names = "--epochs", description = "train: at most.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", description = "train: images a step.")
  private @Nullable Integer batchSize;

  @Option(names = "--learning-rate", description = "train: the largest.")
  private @Nullable Double learningRate;

  @Option(names = "--seed", description = "train: decides split, weights and order.")
  private @Nullable Long seed;

  @Option(names = "--run", description = "evaluate, heatmap: the training's job.")
  private @Nullable Long run;

  @Option(names = "--scramble-seed", description = "evaluate: decides the scrambling.")
  private @Nullable Long scrambleSeed;

  @Option(names = "--image", description = "heatmap: path in the data set.")
  private @Nullable String image;

  @Option(names = "--label", description = "heatmap: class that is explained.")
  private @Nullable String label;

  @Option(
      names = "--stride",
      description = "train, heatmap: pixels between a heatmap's patches, 1, 2, 4 or 8.")
  private @Nullable Integer stride;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    JsonNode job = server.client().post("jobs", request());
    if (json) {
      System.out.println(Json.line(job));
    } else {
      System.out.printf(
          "Job %d is queued: %s%n", job.path("id").asLong(), job.path("title").asText());
      System.out.printf(
          "Follow it with: ./bagnetlab watch %d%s%n", job.path("id").asLong(), server.again());
    }
    return 0;
  }

  private ObjectNode request() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("architecture", architecture);
    fields.put("dataset", dataset);
    fields.put("imageSize", imageSize);
    fields.put("width", width);
    fields.put("weights", weights);
    fields.put("recipe", recipe);
    fields.put("epochs", epochs);
    fields.put("batchSize", batchSize);
    fields.put("learningRate", learningRate);
    fields.put("seed", seed);
    fields.put("run", run);
    fields.put("scrambleSeed", scrambleSeed);
    fields.put("image", image);
    fields.put("label", label);
    fields.put(kind.equals("train") ? "heatmapStride" : "stride", stride);
    ObjectNode request = Json.MAPPER.createObjectNode().put("kind", kind);
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            request.set(name, Json.MAPPER.valueToTree(value));
          }
        });
    return request;
  }
}
