package org.bagnetlab.worker.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;
import org.bagnetlab.worker.engine.LocalEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every experiment on a choice of images measures those of another data set, and imported networks.
 * The other data set has the same images as the run's test, so what does not depend on their paths,
 * as scrambling does, is the same.
 */
@Timeout(120)
class OtherImagesTests {

  private static final TrainSpec TRAINING =
      TrainSpec.of("bagnet9", "own")
          .with(TrainExperiment.WIDTH, 0.0625)
          .with(TrainExperiment.EPOCHS, 1)
          .with(TrainExperiment.LEARNING_RATE, 1e-3)
          .with(TrainExperiment.HEATMAP_STRIDE, 8);

  private static final String EVALUATE =
      "{\"kind\":\"evaluate\",\"subsetSeed\":1,\"scrambleSeed\":1}";
  private static final String SCRAMBLE =
      "{\"kind\":\"scramble\",\"subsetSeed\":1,\"grids\":\"4, 8\",\"permutations\":2,\"scrambleSeed\":1}";
  private static final String EVIDENCE = "{\"kind\":\"evidence\",\"subsetSeed\":1}";
  private static final String PREDICTIVE_PATCHES =
      "{\"kind\":\"predictive-patches\",\"subsetSeed\":1,\"patches\":2,\"stride\":8}";
  private static final String PATCH_ROBUSTNESS =
      "{\"kind\":\"patch-robustness\",\"subsetSeed\":1,\"patchSides\":\"4, 8\"}";
  private static final String EFFECTIVE_FIELD =
      "{\"kind\":\"effective-field\",\"subsetSeed\":1,\"mostImages\":100}";
  private static final String INTERACTIONS =
      "{\"kind\":\"interactions\",\"subsetSeed\":1,\"mostImages\":100,\"patches\":\"8\",\"gaps\":\"0, 8\",\"masks\":2}";
  private static final String SPATIAL_SENSITIVITY =
      "{\"kind\":\"spatial-sensitivity\",\"subsetSeed\":1,\"mostImages\":100,\"tile\":16,\"masked\":\"0, 2\",\"orderSeed\":1}";
  private static final String FAITHFULNESS =
      "{\"kind\":\"faithfulness\",\"subsetSeed\":1,\"mostImages\":100,\"tile\":16,\"steps\":3,\"orderSeed\":1}";

  private static final String HEATMAP =
      "{\"kind\":\"heatmap\",\"stride\":4,\"mode\":\"faithful\",\"classes\":\"all\",\"scale\":\"common\"}";
  private static final String SALIENCY = "{\"kind\":\"saliency\",\"scale\":\"own\"}";

  /** The same image has another path in another data set, and so another random order of tiles. */
  private static final Set<String> DEPENDING_ON_PATHS =
      Set.of(EVIDENCE, SPATIAL_SENSITIVITY, FAITHFULNESS);

  private static final String WEIGHT_RANDOMISATION =
      "{\"kind\":\"weight-randomisation\",\"subsetSeed\":1,\"mostImages\":100,\"randomisationSeed\":1}";

  @TempDir private static Path folder = Path.of("");
  private static Path checkpoint = Path.of("");
  private static ObjectNode imported = Json.MAPPER.createObjectNode();

  @BeforeAll
  static void prepare() throws Exception {
    Path own = folder.resolve("own");
    Path other = folder.resolve("other");
    Random random = new Random(1);
    for (String name : List.of("Coast", "Forest", "Street")) {
      for (int i = 0; i < 10; i++) {
        boolean test = i < 5;
        Path file = own.resolve(test ? "test" : "train").resolve(name).resolve(i + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(noise(random), "png", file.toFile());
        if (test) {
          Files.createDirectories(other.resolve(name));
          Files.copy(file, other.resolve(name).resolve(i + ".png"));
        }
      }
    }
    DatasetStore datasets = new DatasetStore(folder.resolve("datasets"));
    DatasetFacts facts = datasets.importFrom("own", own, (done, total) -> {}).dataset();
    assertThat(datasets.importFrom("other", other, (done, total) -> {}).dataset().classes())
        .isEqualTo(facts.classes());
    Architecture architecture =
        Architectures.named(TRAINING.architecture()).build(3, TRAINING.width(), 64);
    checkpoint = folder.resolve("best.safetensors");
    Checkpoint.of(
            NetworkFacts.trained(TRAINING.width(), 64, facts.classes()).after(Map.of()),
            InitialWeights.of(architecture, 1))
        .write(checkpoint, architecture);
    WeightsFacts weights =
        new WeightsStore(folder.resolve("weights"))
            .importFrom(
                "same",
                checkpoint,
                new WeightsImport(
                    Optional.empty(), Optional.empty(), "a test", Optional.of("by a test")));
    imported =
        Json.MAPPER.valueToTree(
            new ImportedNetwork(
                "same",
                weights.checksum(),
                weights.regime(),
                weights.architecture(),
                weights.width()));
  }

  private static BufferedImage noise(Random random) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt());
    }
    return image;
  }

  private record Found(List<WorkerEvent.Result> results, List<WorkerEvent.ArtifactWritten> files) {

    /** The numbers by their set and place, the choice of images aside. */
    Map<String, Double> numbers() {
      Map<String, Double> numbers = new LinkedHashMap<>();
      for (WorkerEvent.Result result : results) {
        ObjectNode axes = result.axes().deepCopy();
        axes.remove(List.of("dataset", "images"));
        String name = result.output().replaceFirst("^other-", "");
        numbers.put("%s %s %s".formatted(result.set(), name, axes), result.value());
      }
      return numbers;
    }

    List<WorkerEvent.ArtifactWritten> about() {
      return files.stream()
          .filter(
              file ->
                  List.of(
                          ArtifactKind.EVIDENCE,
                          ArtifactKind.SCRAMBLED_PREDICTIONS,
                          ArtifactKind.PICTURE)
                      .contains(file.kind()))
          .toList();
    }
  }

  private static Found ofRun(String experiment, String dataset) throws IOException {
    ObjectNode request = (ObjectNode) Json.MAPPER.readTree(experiment);
    return found(request.put("run", 1).put("dataset", dataset));
  }

  private static Found ofImported(String experiment, String dataset) throws IOException {
    ObjectNode request = (ObjectNode) Json.MAPPER.readTree(experiment);
    request.set("weights", imported);
    return found(request.put("dataset", dataset).put("imageSize", 64));
  }

  private static Found found(JsonNode request) throws IOException {
    JobSpec spec = Experiments.read(Json.line(request));
    return found(Experiments.of(spec).orElseThrow(), spec);
  }

  private static <S extends JobSpec> Found found(Experiment<S> experiment, JobSpec spec)
      throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    Assignment assignment =
        new Assignment(
            2,
            Experiments.canonical(spec),
            Files.createTempDirectory(folder, "job").toString(),
            folder.resolve("datasets").toString(),
            spec.needs().map(any -> folder.resolve("weights").toString()),
            spec.subject()
                .map(
                    run ->
                        new Assignment.Subject(
                            Experiments.canonical(TRAINING), checkpoint.toString())),
            Optional.empty(),
            60,
            Optional.empty());
    Run run =
        Run.of(assignment, experiment, LocalEngine.start(), written.writer(), new Cancellation());
    assertThat(Runners.of(experiment).run(experiment.specification(spec.settings()), run))
        .isEqualTo(new WorkerEvent.Succeeded());
    return new Found(
        written.events(WorkerEvent.Result.class),
        written.events(WorkerEvent.ArtifactWritten.class));
  }

  /** In another order, and so in other batches, which change the order of sums in float32. */
  private static void assertSame(Map<String, Double> expected, Map<String, Double> numbers) {
    assertThat(numbers).isNotEmpty();
    assertThat(expected.keySet()).containsAll(numbers.keySet());
    numbers.forEach(
        (place, value) ->
            assertThat(value)
                .as(place)
                .isCloseTo(requireNonNull(expected.get(place)), within(1e-4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVALUATE,
        SCRAMBLE,
        EVIDENCE,
        EFFECTIVE_FIELD,
        INTERACTIONS,
        SPATIAL_SENSITIVITY,
        FAITHFULNESS,
        WEIGHT_RANDOMISATION,
        PREDICTIVE_PATCHES,
        PATCH_ROBUSTNESS
      })
  void onTheRunsTestImagesNothingIsOfOtherImages(String experiment) throws IOException {
    Found own = ofRun(experiment, "own");
    assertThat(own.results())
        .noneMatch(result -> result.output().startsWith("other-") || result.axes().has("dataset"));
    assertThat(own.about()).noneMatch(file -> file.facts().containsKey("dataset"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVALUATE,
        SCRAMBLE,
        EVIDENCE,
        EFFECTIVE_FIELD,
        INTERACTIONS,
        SPATIAL_SENSITIVITY,
        FAITHFULNESS,
        WEIGHT_RANDOMISATION,
        PREDICTIVE_PATCHES,
        PATCH_ROBUSTNESS
      })
  void onAnotherDataSetAllResultsSayWhichImages(String experiment) throws IOException {
    Found other = ofRun(experiment, "other");
    assertThat(other.results())
        .allMatch(result -> result.output().startsWith("other-"))
        .allMatch(result -> result.axes().path("dataset").asText().equals("other"))
        .allMatch(result -> result.axes().path("images").asText().equals("all"));
    assertThat(other.files())
        .allMatch(file -> file.output().stream().allMatch(name -> name.startsWith("other-")));
    assertThat(other.about())
        .allMatch(file -> "other".equals(file.facts().get("dataset")))
        .allMatch(file -> "all".equals(file.facts().get("images")));
    Map<String, Double> unscrambled = other.numbers();
    unscrambled.keySet().removeIf(place -> place.startsWith("scrambled"));
    if (!DEPENDING_ON_PATHS.contains(experiment)) {
      assertSame(ofRun(experiment, "own").numbers(), unscrambled);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVALUATE,
        SCRAMBLE,
        EVIDENCE,
        EFFECTIVE_FIELD,
        INTERACTIONS,
        SPATIAL_SENSITIVITY,
        FAITHFULNESS,
        WEIGHT_RANDOMISATION,
        PREDICTIVE_PATCHES,
        PATCH_ROBUSTNESS
      })
  void importedWeightsAreMeasuredAsTheRunThatTheyAreFrom(String experiment) throws IOException {
    Found run = ofRun(experiment, "other");
    Found weights = ofImported(experiment, "other");
    assertThat(weights.about().stream().map(WorkerEvent.ArtifactWritten::facts).toList())
        .isEqualTo(run.about().stream().map(WorkerEvent.ArtifactWritten::facts).toList());
    if (experiment.equals(EVIDENCE)) {
      assertThat(weights.files()).isEqualTo(run.files());
    } else {
      assertSame(run.numbers(), weights.numbers());
      assertThat(weights.numbers()).hasSameSizeAs(run.numbers());
    }
  }

  /** What is about one image has pictures and no numbers. */
  @ParameterizedTest
  @ValueSource(strings = {HEATMAP, SALIENCY})
  void importedWeightsHaveTheMapsOfTheRunThatTheyAreFrom(String experiment) throws IOException {
    Found run = ofRun(experiment, "other");
    assertThat(run.files())
        .extracting(file -> file.facts().get("image"))
        .contains("train/Coast/0.png")
        .containsOnly("train/Coast/0.png", null);
    assertThat(ofImported(experiment, "other").files()).isNotEmpty().isEqualTo(run.files());
    assertThat(ofRun(experiment, "own").files()).isNotEqualTo(run.files());
  }
}
