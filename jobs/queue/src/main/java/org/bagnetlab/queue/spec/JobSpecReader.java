package org.bagnetlab.queue.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Recipe;

/**
 * Reads a request into a complete specification: what is missing gets its default, what is wrong or
 * unknown is refused by name. Whether a run that a request names exists is checked when it is
 * queued.
 */
public final class JobSpecReader {

  private static final Set<String> TRAIN =
      Set.of(
          "kind",
          "sweep",
          "priority",
          "architecture",
          "dataset",
          "imageSize",
          "width",
          "recipe",
          "epochs",
          "batchSize",
          "learningRate",
          "seed",
          "heatmapStride",
          "weights");
  private static final Set<String> EVALUATE =
      Set.of("kind", "sweep", "priority", "run", "scrambleSeed");
  private static final Set<String> HEATMAP =
      Set.of("kind", "sweep", "priority", "run", "image", "label", "stride");

  private static final int LARGEST_IMAGE = 512;

  /** A step of less is lost when it is added to a weight of single precision. */
  private static final double SMALLEST_RATE = 1e-8;

  private static final double LARGEST_RATE = 1;

  /** Bound of the priority of jobs and sweeps, on both sides of 0. */
  public static final int LARGEST_PRIORITY = 1000;

  /** Above this side a heatmap at every pixel takes longer than people wait. */
  private static final int LARGEST_IMAGE_AT_EVERY_PIXEL = 96;

  private final Catalogue catalogue;

  /** A reader that knows these networks and data sets. */
  public JobSpecReader(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A reader for many jobs at once, that looks at the disk but once, now. */
  public JobSpecReader forMany() {
    return new JobSpecReader(new RememberedCatalogue(catalogue));
  }

  /**
   * The job that a JSON object asks for.
   *
   * @throws InvalidSpec if a field is wrong
   */
  public JobRequest read(JsonNode object) {
    if (!object.isObject()) {
      throw new InvalidSpec("kind", "A job must be a JSON object.");
    }
    String kind = Fields.oneOf("kind", object.path("kind").asText(), JobSpec.KINDS);
    return switch (kind) {
      case "train" -> request(fields(object, kind, TRAIN), this::train);
      case "evaluate" -> request(fields(object, kind, EVALUATE), JobSpecReader::evaluate);
      default -> request(fields(object, kind, HEATMAP), JobSpecReader::heatmap);
    };
  }

  private static Fields fields(JsonNode object, String kind, Set<String> known) {
    return Fields.of(object).only("a job of kind " + kind, known);
  }

  private JobRequest request(Fields fields, Function<Fields, JobSpec> reading) {
    JobSpec spec = reading.apply(fields);
    return new JobRequest(
        spec,
        JobTitle.of(spec, catalogue),
        sweep(fields),
        fields.integer("priority", 0, -LARGEST_PRIORITY, LARGEST_PRIORITY),
        Optional.empty());
  }

  private JobSpec train(Fields fields) {
    String architecture = fields.oneOf("architecture", catalogue.architectures());
    String dataset = dataset(fields);
    Optional<NamedWeights> weights =
        fields.text("weights").map(name -> NamedWeights.of(name, architecture, catalogue));
    Recipe recipe =
        fields
            .text("recipe")
            .map(JobSpecReader::recipe)
            .orElse(weights.isPresent() ? Recipe.REPORT : Recipe.QUICK);
    int imageSize =
        fields.integer(
            "imageSize", recipe.imageSize(), catalogue.smallestImage(dataset), LARGEST_IMAGE);
    if (imageSize % JobSpec.SCRAMBLE_TILES_A_SIDE != 0) {
      throw new InvalidSpec(
          "imageSize",
          "imageSize must be a multiple of %d, but is %d."
              .formatted(JobSpec.SCRAMBLE_TILES_A_SIDE, imageSize));
    }
    double width =
        fields.real(
            "width",
            weights.map(NamedWeights::width).orElse(recipe.width()),
            catalogue.smallestWidth(),
            catalogue.largestWidth());
    weights.ifPresent(named -> named.checkWidth(width));
    return new JobSpec.Train(
        architecture,
        dataset,
        imageSize,
        width,
        recipe,
        fields.integer("epochs", recipe.epochs(), 1, 1000),
        fields.integer("batchSize", recipe.batchSize(), 2, 512),
        fields.real("learningRate", recipe.learningRate(), SMALLEST_RATE, LARGEST_RATE),
        fields.number("seed", 1),
        stride(fields, "heatmapStride", imageSize > LARGEST_IMAGE_AT_EVERY_PIXEL ? 8 : 1),
        weights.map(NamedWeights::starting));
  }

  private String dataset(Fields fields) {
    List<String> usable = catalogue.datasets();
    Optional<String> problem =
        fields
            .text("dataset")
            .filter(name -> !usable.contains(name))
            .flatMap(catalogue::datasetProblem);
    if (problem.isPresent()) {
      throw new InvalidSpec("dataset", problem.get());
    }
    return fields.oneOf("dataset", usable);
  }

  private static JobSpec evaluate(Fields fields) {
    return new JobSpec.Evaluate(fields.id("run"), fields.number("scrambleSeed", 1));
  }

  private static JobSpec heatmap(Fields fields) {
    return new JobSpec.Heatmap(
        fields.id("run"), fields.text("image"), fields.text("label"), stride(fields, "stride", 1));
  }

  private static Recipe recipe(String name) {
    Fields.oneOf(
        "recipe",
        name,
        Arrays.stream(Recipe.values())
            .map(recipe -> recipe.name().toLowerCase(Locale.ROOT))
            .toList());
    return Recipe.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static int stride(Fields fields, String name, int otherwise) {
    int stride = fields.integer(name, otherwise, 1, 8);
    if (Integer.bitCount(stride) != 1) {
      throw new InvalidSpec(name, "%s must be 1, 2, 4 or 8, but is %d.".formatted(name, stride));
    }
    return stride;
  }

  private static Optional<String> sweep(Fields fields) {
    return fields.text("sweep").map(name -> SweepName.checked("sweep", name));
  }
}
