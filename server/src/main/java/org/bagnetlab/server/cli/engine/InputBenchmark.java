package org.bagnetlab.server.cli.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.cli.job.ParameterOptions;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.dataset.TrainingImages;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.training.InputRate;
import org.bagnetlab.vision.training.TrainingInput;
import org.bagnetlab.vision.weights.WeightsStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Measures how fast the images of a training are prepared, without an engine. */
final class InputBenchmark implements Callable<Integer> {

  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** Memory for the images that are read, one byte for each value. */
  private static final long MOST_BYTES = 128 << 20;

  /** Number of batches that are read even if they need more memory. */
  private static final long LEAST_BATCHES = 2;

  private final ParameterOptions options =
      ParameterOptions.of(TrainExperiment.PARAMETERS, TrainExperiment.DATASET::equals);

  private final OptionSpec threads =
      OptionSpec.builder("--threads")
          .type(int.class)
          .defaultValue(String.valueOf(TrainingInput.usualThreads()))
          .description("Threads that prepare images. Default: ${DEFAULT-VALUE}, as in trainings.")
          .build();

  private final OptionSpec seconds =
      OptionSpec.builder("--seconds")
          .type(int.class)
          .defaultValue("5")
          .description("Duration of the measurement. Default: ${DEFAULT-VALUE}.")
          .build();

  private final JsonOption json = new JsonOption();
  private final DataOption data = new DataOption();

  private InputBenchmark() {}

  /** Creates the command. */
  static CommandSpec command() {
    InputBenchmark benchmark = new InputBenchmark();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(benchmark).name("input");
    spec.usageMessage()
        .description(
            "Benchmark the preparation of a training's images: reading them first, up to 128 MiB,"
                + " then augmenting and mixing them as fast as possible.",
            "A step of a training waits for images only if it is faster than this.")
        .sortOptions(false);
    benchmark.options.addTo(spec);
    spec.addOption(benchmark.threads).addOption(benchmark.seconds);
    spec.addMixin("json", CommandSpec.forAnnotatedObject(benchmark.json));
    spec.addMixin("data", CommandSpec.forAnnotatedObject(benchmark.data));
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    int workers = BenchCommand.atLeastOne("--threads", threads.getValue());
    int duration = BenchCommand.atLeastOne("--seconds", seconds.getValue());
    TrainingImages images = images();
    LoadedImages loaded = read(images);
    try (TrainingInput input = new TrainingInput(loaded, images.plan(), workers)) {
      InputRate rate = InputRate.of(input, WARM_UP, Duration.ofSeconds(duration));
      print(images, loaded.count(), workers, rate);
    }
    return 0;
  }

  private TrainingImages images() throws DamagedException {
    DatasetStore datasets = new DatasetStore(data.directory().resolve("datasets"));
    WeightsStore weights = new WeightsStore(data.directory().resolve("weights"));
    ObjectNode request = Json.MAPPER.createObjectNode();
    options.putInto(request);
    TrainSpec spec =
        TrainingImages.requested(
            new JobSpecReader(new VisionCatalogue(datasets, weights)), request);
    SceneDataset dataset =
        datasets
            .find(spec.dataset())
            .orElseThrow(
                () ->
                    new Failure(
                        "There is no data set '%s'. See: ./bagnetlab dataset list"
                            .formatted(spec.dataset())));
    return TrainingImages.of(spec, dataset);
  }

  /**
   * Reads images before the measurement, which is of what each epoch repeats. These are all
   * training images if they fit into the memory.
   */
  private static LoadedImages read(TrainingImages images) {
    List<SceneImage> all = images.images();
    List<SceneImage> measured =
        all.subList(0, read(all.size(), images.side(), images.plan().batchSize()));
    LoadedImages loaded = LoadedImages.whenUsed(images.dataset(), measured, images.side());
    ProgressLine progressLine = new ProgressLine("images read");
    for (int i = 0; i < loaded.count(); i++) {
      progressLine.report(i, loaded.count());
      var _ = loaded.batch(i);
    }
    progressLine.begin("Measuring.");
    return loaded;
  }

  /**
   * The number of images to read.
   *
   * @param images number of training images
   * @param side their side in pixels
   */
  static int read(int images, int side, int batchSize) {
    long fitting = MOST_BYTES / Normalisation.length(side);
    return (int) Math.min(images, Math.max(fitting, LEAST_BATCHES * batchSize));
  }

  private void print(TrainingImages images, int read, int workers, InputRate rate) {
    Terminal.clearLine(System.err);
    double micros = 1e6 * workers / rate.perSecond();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("dataset", images.dataset().name());
    result.put("size", images.side());
    result.put("batch", images.plan().batchSize());
    result.put("threads", workers);
    result.put("trainingImages", images.images().size());
    result.put("trainingImagesRead", read);
    result.put("images", rate.images());
    result.put("seconds", rate.seconds());
    result.put("imagesPerSecond", rate.perSecond());
    result.put("microsecondsPerImage", micros);
    json.print(
        result,
        "input %s%s, %d px, batches of %d on %s: %.0f images/s, %.0f µs of a thread per image"
            .formatted(
                images.dataset().name(),
                part(read, images.images().size()),
                images.side(),
                images.plan().batchSize(),
                Count.of(workers, "thread"),
                rate.perSecond(),
                micros));
  }

  /** Says in parentheses that not all training images were read, or nothing. */
  static String part(int read, int all) {
    return read < all ? " (%d of %d training images)".formatted(read, all) : "";
  }
}
