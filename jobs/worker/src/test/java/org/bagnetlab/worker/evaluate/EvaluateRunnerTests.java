package org.bagnetlab.worker.evaluate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network is measured on its own test images, on those of another data set, and so is an imported
 * one. The other data set holds some of the same images, so that every logit is known.
 */
@Timeout(120)
class EvaluateRunnerTests {

  private static final TrainSpec TRAINING =
      TrainSpec.of("bagnet9", "controlled-15")
          .with(TrainExperiment.WIDTH, 0.0625)
          .with(TrainExperiment.EPOCHS, 1)
          .with(TrainExperiment.LEARNING_RATE, 1e-3)
          .with(TrainExperiment.HEATMAP_STRIDE, 8);
  private static final int IMAGES_A_CLASS = 3;

  @TempDir private static Path folder = Path.of("");
  private static final Controlled15 OWN = new Controlled15();
  private static Path checkpoint = Path.of("");

  @BeforeAll
  static void prepare() throws Exception {
    checkpoint = checkpoint("best", Map.of());
    Path source = folder.resolve("source");
    for (SceneImage image : Split.of(OWN, TRAINING.seed()).test()) {
      Path parent = source.resolve(OWN.classes().get(image.label()));
      Files.createDirectories(parent);
      try (var files = Files.list(parent)) {
        if (files.count() < IMAGES_A_CLASS) {
          String name = image.path().substring(image.path().lastIndexOf('/') + 1);
          Files.write(parent.resolve(name + ".png"), Png.of(OWN.read(image, 64)));
        }
      }
    }
    DatasetStore datasets = new DatasetStore(folder.resolve("datasets"));
    var same = datasets.importFrom("same", source, (done, total) -> {});
    assertThat(same.dataset().classes())
        .containsExactlyInAnyOrderElementsOf(OWN.classes())
        .isNotEqualTo(OWN.classes());
    Files.move(source.resolve(OWN.classes().get(4)), source.resolve("cellar"));
    var other = datasets.importFrom("other", source, (done, total) -> {});
    assertThat(other.dataset().classes()).hasSize(15);
  }

  private static Path checkpoint(String name, Map<String, String> facts) throws IOException {
    Architecture architecture =
        Architectures.named(TRAINING.architecture()).build(15, TRAINING.width(), 64);
    Path file = folder.resolve(name + ".safetensors");
    Checkpoint.of(facts, InitialWeights.of(architecture, 1)).write(file, architecture);
    return file;
  }

  private record Measured(
      List<WorkerEvent.Result> results, Map<String, String> facts, JsonNode predictions) {

    List<WorkerEvent.Result> accuracies(String output) {
      return results.stream().filter(result -> result.output().equals(output)).toList();
    }

    /** The logit of each class by its name, by the name of the image's file. */
    Map<String, Map<String, Double>> logits() {
      Map<String, Map<String, Double>> logits = new LinkedHashMap<>();
      for (JsonNode row : predictions.path("test")) {
        Map<String, Double> byClass = new LinkedHashMap<>();
        for (int i = 0; i < 15; i++) {
          byClass.put(
              predictions.path("classes").path(i).asText(), row.path("logits").path(i).asDouble());
        }
        String path = row.path("image").asText();
        String name = path.substring(path.indexOf('/') + 1).replace(".png", "");
        logits.put(name, byClass);
        assertThat(predictions.path("classes").path(row.path("label").asInt()).asText())
            .isEqualTo(name.substring(0, name.indexOf('/')));
      }
      return logits;
    }
  }

  private static Measured measured(NetworkSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    Path directory = Files.createTempDirectory(folder, "job");
    Assignment assignment =
        new Assignment(
            2,
            Experiments.canonical(spec),
            directory.toString(),
            folder.resolve("datasets").toString(),
            spec.needs().map(any -> folder.resolve("weights").toString()),
            spec.run()
                .map(
                    run ->
                        new Assignment.Subject(
                            Experiments.canonical(TRAINING), checkpoint.toString())),
            Optional.empty(),
            60,
            Optional.empty());
    WorkerEvent.End end =
        new EvaluateRunner()
            .run(
                spec,
                Run.of(
                    assignment,
                    new EvaluateExperiment(),
                    LocalEngine.start(),
                    written.writer(),
                    new Cancellation()));
    assertThat(end).isEqualTo(new WorkerEvent.Succeeded());
    return new Measured(
        written.events(WorkerEvent.Result.class),
        written.events(WorkerEvent.ArtifactWritten.class).get(0).facts(),
        Json.MAPPER.readTree(directory.resolve("predictions.json").toFile()));
  }

  private static NetworkSpec of(
      Optional<ImportedNetwork> weights,
      String dataset,
      Optional<ImageChoice> images,
      Optional<Integer> subset) {
    EvaluateExperiment experiment = new EvaluateExperiment();
    Settings settings =
        weights
            .map(
                imported ->
                    experiment.ofWeights(imported, dataset).with(NetworkParameters.IMAGE_SIZE, 64))
            .orElseGet(() -> experiment.ofRun(1).with(NetworkParameters.DATASET, dataset))
            .settings();
    return experiment.specification(
        settings.with(NetworkParameters.IMAGES, images).with(NetworkParameters.SUBSET, subset));
  }

  @Test
  void onItsOwnImagesARunIsMeasuredAsItsTrainingWas() throws IOException {
    Measured own =
        measured(new EvaluateExperiment().ofRun(1).with(EvaluateExperiment.SCRAMBLE_SEED, 2L));
    assertThat(own.accuracies("accuracy"))
        .extracting(WorkerEvent.Result::set)
        .containsExactly("validation", "test", "scrambled");
    assertThat(own.accuracies("other-accuracy")).isEmpty();
    // The same when they are named.
    Measured named =
        measured(
            of(Optional.empty(), "controlled-15", Optional.of(ImageChoice.TEST), Optional.empty()));
    assertThat(named.logits()).isEqualTo(own.logits());
    assertThat(named.accuracies("other-accuracy")).isEmpty();
  }

  /** In batches of other images, which change the order of sums in single precision. */
  private static void assertPartOf(Measured all, Measured some) {
    Map<String, Map<String, Double>> known = all.logits();
    some.logits()
        .forEach(
            (image, logits) ->
                logits.forEach(
                    (name, logit) ->
                        assertThat(logit)
                            .as("%s of %s", name, image)
                            .isCloseTo(requireNonNull(known.get(image)).get(name), within(1e-4))));
  }

  @Test
  void labelsOfAnotherDataSetAreMatchedByName() throws IOException {
    Measured own = measured(new EvaluateExperiment().ofRun(1));
    Measured same = measured(of(Optional.empty(), "same", Optional.empty(), Optional.empty()));
    assertThat(same.logits()).hasSize(15 * IMAGES_A_CLASS);
    assertPartOf(own, same);
    assertThat(own.facts()).isEqualTo(Map.of("datasetChecksum", OWN.checksum()));
    String checksum =
        new DatasetStore(folder.resolve("datasets")).facts("same").orElseThrow().checksum();
    assertThat(same.facts()).isEqualTo(Map.of("datasetChecksum", checksum));
    assertThat(same.accuracies("accuracy")).isEmpty();
    assertThat(same.accuracies("other-accuracy"))
        .extracting(WorkerEvent.Result::set)
        .containsExactly("test", "scrambled");
    assertThat(same.accuracies("other-accuracy"))
        .allSatisfy(
            result -> {
              assertThat(result.axes().path("dataset").asText()).isEqualTo("same");
              assertThat(result.axes().path("images").asText()).isEqualTo("all");
              assertThat(result.images()).contains(15 * IMAGES_A_CLASS);
            });
  }

  @Test
  void aSubsetOfTheOwnTestImagesIsNotTheTest() throws IOException {
    Measured some =
        measured(of(Optional.empty(), "controlled-15", Optional.empty(), Optional.of(2)));
    assertThat(some.accuracies("accuracy")).isEmpty();
    assertThat(some.accuracies("other-accuracy"))
        .allSatisfy(
            result -> {
              assertThat(result.axes().path("subset").asInt()).isEqualTo(2);
              assertThat(result.axes().path("subsetSeed").asLong()).isEqualTo(1);
              assertThat(result.axes().path("images").asText()).isEqualTo("test");
              assertThat(result.images()).contains(30);
            });
    assertPartOf(measured(new EvaluateExperiment().ofRun(1)), some);
  }

  private static ImportedNetwork imported(String name, Map<String, String> facts)
      throws IOException {
    WeightsFacts weights =
        new WeightsStore(folder.resolve("weights"))
            .importFrom(
                name,
                checkpoint(name, facts),
                new WeightsImport(
                    Optional.empty(), Optional.empty(), "a test", Optional.of("by a test")));
    return new ImportedNetwork(
        name, weights.checksum(), weights.regime(), weights.architecture(), weights.width());
  }

  /** A file of this project names its classes, which are matched with the data set's. */
  @Test
  void importedWeightsWithNamedOutputsAreTheNetwork() throws IOException {
    ImportedNetwork named =
        imported(
            "named", NetworkFacts.trained(TRAINING.width(), 64, OWN.classes()).after(Map.of()));
    Measured measured =
        measured(of(Optional.of(named), "same", Optional.empty(), Optional.empty()));
    assertPartOf(measured(new EvaluateExperiment().ofRun(1)), measured);
    assertThat(measured.accuracies("other-accuracy")).hasSize(2);
  }

  /** Others do not: their outputs are those of the sorted names. */
  @Test
  void outputsWithoutNamesAreThoseOfTheSortedClasses() throws IOException {
    ImportedNetwork unnamed = imported("unnamed", Map.of());
    Measured measured =
        measured(of(Optional.of(unnamed), "same", Optional.empty(), Optional.of(1)));
    assertThat(Json.MAPPER.convertValue(measured.predictions().path("classes"), String[].class))
        .isEqualTo(OWN.classes().stream().sorted().toArray());
  }

  @Test
  void whatCannotBeMeasuredIsTheJobsProblem() throws IOException {
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(
            () -> measured(of(Optional.empty(), "other", Optional.empty(), Optional.empty())))
        .withMessage(
            "Data set other has other classes than controlled-15: it has no class '%s'.",
            OWN.classes().get(4));
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(
            () ->
                measured(
                    of(Optional.empty(), "same", Optional.of(ImageChoice.TEST), Optional.empty())))
        .withMessageContaining("choose unused or all");
    // Its test folder has 80 images per class, all of which every split has.
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(
            () ->
                measured(
                    of(
                        Optional.empty(),
                        "controlled-15",
                        Optional.of(ImageChoice.UNUSED),
                        Optional.empty())))
        .withMessageContaining("no images that the run's split lacks");
    assertThat(
            measured(of(Optional.empty(), "same", Optional.of(ImageChoice.UNUSED), Optional.of(1)))
                .accuracies("other-accuracy"))
        .allSatisfy(result -> assertThat(result.images()).contains(15));
  }
}
