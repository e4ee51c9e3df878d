package org.bagnetlab.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.AugmentationParameters;
import org.bagnetlab.experiment.train.KeptEpoch;
import org.bagnetlab.experiment.train.ObjectiveName;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.OptimiserName;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.ScheduleName;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.experiment.train.TrainablePart;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.EpochEnded;
import org.bagnetlab.protocol.WorkerEvent.Result;
import org.bagnetlab.protocol.WorkerEvent.RungReached;
import org.bagnetlab.protocol.WorkerEvent.Stopped;
import org.bagnetlab.protocol.WorkerEvent.Succeeded;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.augmentation.Augmentation;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was stopped resumes as if it had not been. */
@Timeout(300)
class ResumedTrainingTests {

  private static final int NEVER = 1_000_000;

  private final Engine engine = LocalEngine.start();
  @TempDir private Path folder = Path.of("");
  @TempDir private Path source = Path.of("");
  private int workers;

  /** The run that trainings start from, if any. */
  private Optional<Assignment.Subject> subject = Optional.empty();

  @BeforeEach
  void importScenes() throws IOException, DatasetException {
    SmallScenes.importInto(folder, source);
  }

  private static TrainSpec spec(Recipe recipe) {
    return spec(recipe, SmallScenes.NAME, 0.03, 16);
  }

  private static TrainSpec spec(Recipe recipe, String dataset, double width, int batchSize) {
    return TrainSpec.of("bagnet9", dataset, recipe)
        .with(TrainExperiment.IMAGE_SIZE, 64)
        .with(TrainExperiment.WIDTH, width)
        .with(TrainExperiment.EPOCHS, 3)
        .with(TrainExperiment.BATCH_SIZE, batchSize)
        .with(TrainExperiment.LEARNING_RATE, 1e-2)
        .with(TrainExperiment.SEED, 7L)
        .with(TrainExperiment.HEATMAP_STRIDE, 8);
  }

  /** What one worker said and left. */
  private record Work(Path directory, List<WorkerEvent> events) {
    WorkerEvent lastWord() {
      return events.get(events.size() - 1);
    }

    Path state() {
      return events.stream()
          .filter(WorkerEvent.ArtifactWritten.class::isInstance)
          .map(WorkerEvent.ArtifactWritten.class::cast)
          .filter(artifact -> artifact.kind() == ArtifactKind.TRAINING_STATE)
          .reduce((earlier, later) -> later)
          .map(artifact -> directory.resolve(artifact.path()))
          .orElseThrow();
    }
  }

  private Work work(
      TrainSpec spec,
      Optional<Assignment.Resumption> resumption,
      int checkpointSeconds,
      Optional<Integer> lastEpoch,
      Predicate<WorkerEvent> stopAt)
      throws IOException {
    Path directory = Files.createDirectory(folder.resolve("worker-" + ++workers));
    Cancellation cancellation = new Cancellation();
    WrittenEvents events =
        new WrittenEvents(
            event -> {
              if (stopAt.test(event)) {
                cancellation.request();
              }
            });
    Assignment assignment =
        new Assignment(
            1,
            Experiments.canonical(spec),
            directory.toString(),
            folder.toString(),
            Optional.empty(),
            subject,
            resumption,
            checkpointSeconds,
            lastEpoch);
    Run run = Run.of(assignment, new TrainExperiment(), engine, events.writer(), cancellation);
    events.writer().write(new TrainRunner().run(spec, run));
    return new Work(directory, events.events());
  }

  private Work undisturbed(TrainSpec spec) throws IOException {
    return work(spec, Optional.empty(), NEVER, Optional.empty(), event -> false);
  }

  private static Optional<Assignment.Resumption> from(Path state) {
    return Optional.of(new Assignment.Resumption(state.toString(), false));
  }

  private static Predicate<WorkerEvent> in(Phase phase, int epoch) {
    return event ->
        event instanceof WorkerEvent.Progress progress
            && progress.phase() == phase
            && progress.epoch() == epoch;
  }

  /** All that is measured, without the time that it took. */
  private static List<Object> findings(List<WorkerEvent> events) {
    List<Object> findings = new ArrayList<>();
    for (WorkerEvent event : events) {
      if (event instanceof EpochEnded epoch) {
        findings.add(
            List.of(
                epoch.epoch(),
                epoch.learningRate(),
                epoch.trainLoss(),
                epoch.trainAccuracy(),
                epoch.validationLoss(),
                epoch.validationAccuracy(),
                epoch.best()));
      } else if (event instanceof Result) {
        findings.add(event);
      }
    }
    return findings;
  }

  private static void assertSame(Work whole, Work last, List<WorkerEvent> parts)
      throws IOException {
    assertThat(last.lastWord()).isInstanceOf(Succeeded.class);
    assertThat(findings(parts)).hasSize(3 + 6).isEqualTo(findings(whole.events()));
    Map<String, float[]> best = best(whole).weights();
    best(last).weights().forEach((name, values) -> assertThat(values).isEqualTo(best.get(name)));
    assertThat(last.directory().resolve("predictions.json"))
        .hasSameBinaryContentAs(whole.directory().resolve("predictions.json"));
  }

  private static Checkpoint best(Work work) throws IOException {
    return Checkpoint.read(work.directory().resolve(TrainRunner.BEST));
  }

  @ParameterizedTest
  @EnumSource
  void theNetworkOfTheChosenEpochIsKeptAndMeasured(KeptEpoch keep) throws IOException {
    boolean differ = false;
    for (long seed = 1; seed <= 20 && !differ; seed++) {
      Work work =
          undisturbed(
              spec(Recipe.QUICK)
                  .with(TrainExperiment.EPOCHS, 6)
                  .with(TrainExperiment.SEED, seed)
                  .with(OptimisationParameters.SCHEDULE, ScheduleName.CONSTANT)
                  .with(OptimisationParameters.KEEP, keep));
      List<EpochEnded> epochs =
          work.events().stream()
              .filter(EpochEnded.class::isInstance)
              .map(EpochEnded.class::cast)
              .toList();
      EpochEnded best = epochs.stream().filter(EpochEnded::best).toList().getLast();
      EpochEnded kept = keep == KeptEpoch.LAST ? epochs.getLast() : best;
      assertThat(best(work).facts()).containsEntry("epoch", String.valueOf(kept.epoch()));
      assertThat(best(work).facts().get(TrainingFiles.PROVENANCE)).contains("\"engine\"", "oneDNN");
      assertThat(validation(work)).isEqualTo(kept.validationAccuracy());
      differ = epochs.getLast().validationAccuracy() < best.validationAccuracy();
    }
    assertThat(differ).isTrue();
  }

  private static double validation(Work work) {
    return work.events().stream()
        .filter(Result.class::isInstance)
        .map(Result.class::cast)
        .filter(result -> result.output().equals("accuracy") && result.set().equals("validation"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @ParameterizedTest
  @EnumSource
  void threePausesChangeNothing(Recipe recipe) throws IOException {
    TrainSpec spec = spec(recipe);
    Work first = work(spec, Optional.empty(), NEVER, Optional.empty(), in(Phase.TRAINING, 1));
    assertThat(first.lastWord()).isEqualTo(new Stopped(true));
    Work second = work(spec, from(first.state()), NEVER, Optional.empty(), in(Phase.VALIDATING, 2));
    assertThat(second.lastWord()).isEqualTo(new Stopped(true));
    Work third = work(spec, from(second.state()), NEVER, Optional.empty(), in(Phase.TRAINING, 3));
    assertThat(third.lastWord()).isEqualTo(new Stopped(true));
    Work fourth = work(spec, from(third.state()), NEVER, Optional.empty(), event -> false);
    List<WorkerEvent> parts = new ArrayList<>();
    List.of(first, second, third, fourth).forEach(work -> parts.addAll(work.events()));
    assertSame(undisturbed(spec), fourth, parts);
  }

  private static List<Parameter<Double>> augmentations() {
    return AugmentationParameters.ALL;
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void aPauseChangesNothingUnderAnAugmentation(Parameter<Double> augmentation) throws IOException {
    assertPausedIsUndisturbed(spec(Recipe.QUICK).with(augmentation, 0.5));
  }

  /** With an average of the weights, too, and everything else that a state has to keep. */
  @Test
  void aPauseChangesNothingUnderAllAtOnce() throws IOException {
    TrainSpec spec =
        spec(Recipe.AUGMENTED)
            .with(OptimisationParameters.OPTIMISER, OptimiserName.NESTEROV)
            .with(OptimisationParameters.SCHEDULE, ScheduleName.PLATEAU)
            .with(OptimisationParameters.CLIP_NORM, 0.5)
            .with(OptimisationParameters.PATIENCE, 2)
            .with(ObjectiveParameters.OBJECTIVE, ObjectiveName.MIXED)
            .with(ObjectiveParameters.LOCAL_WEIGHT, 0.3);
    for (Parameter<Double> augmentation : augmentations()) {
      spec = spec.with(augmentation, 0.5);
    }
    assertPausedIsUndisturbed(spec);
  }

  private void assertPausedIsUndisturbed(TrainSpec spec) throws IOException {
    Work first = work(spec, Optional.empty(), NEVER, Optional.empty(), in(Phase.TRAINING, 2));
    assertThat(first.lastWord()).isEqualTo(new Stopped(true));
    Work rest = work(spec, from(first.state()), NEVER, Optional.empty(), event -> false);
    List<WorkerEvent> parts = new ArrayList<>(first.events());
    parts.addAll(rest.events());
    assertSame(undisturbed(spec), rest, parts);
  }

  /** The worker finds the augmentation of every parameter by its name. */
  @Test
  void theAugmentationsAreThoseOfTheParameters() {
    assertThat(Arrays.stream(Augmentation.values()).map(Augmentation::text))
        .containsExactlyElementsOf(augmentations().stream().map(Parameter::name).toList());
  }

  /** Also where a worker stopped within an epoch. */
  @Test
  void aSparseTrainingSaysWhatItMinimises() throws IOException {
    TrainSpec spec = sparse(3);
    Work whole = undisturbed(spec);
    assertThat(evidence(whole.events())).hasSize(3).allMatch(mean -> mean > 0);
    assertThat(evidence(undisturbed(sparse(0)).events())).isEmpty();

    Work first = work(spec, Optional.empty(), NEVER, Optional.empty(), in(Phase.TRAINING, 2));
    Work rest = work(spec, from(first.state()), NEVER, Optional.empty(), event -> false);
    List<WorkerEvent> parts = new ArrayList<>(first.events());
    parts.addAll(rest.events());
    assertThat(findings(parts)).isEqualTo(findings(whole.events()));

    // A state of a version that did not keep it says nothing of the epoch that it is within.
    Checkpoint state = Checkpoint.read(first.state());
    Map<String, String> facts = new HashMap<>(state.facts());
    facts.remove("training.evidence");
    Path earlier = folder.resolve("earlier.safetensors");
    new Checkpoint(facts, state.weights(), state.optimiser(), state.best())
        .write(earlier, Architectures.named("bagnet9").build(4, spec.width(), spec.imageSize()));
    Work later = work(spec, from(earlier), NEVER, Optional.empty(), event -> false);
    assertThat(evidence(later.events())).isEqualTo(evidence(whole.events()).subList(2, 3));
  }

  private static TrainSpec sparse(double factor) {
    return spec(Recipe.QUICK).with(ObjectiveParameters.SPARSITY, factor);
  }

  private static List<Double> evidence(List<WorkerEvent> events) {
    return events.stream()
        .filter(Result.class::isInstance)
        .map(Result.class::cast)
        .filter(result -> result.output().equals("epoch-evidence"))
        .map(Result::value)
        .toList();
  }

  @Test
  void statesAreKeptFromTimeToTime() throws IOException {
    TrainSpec spec = spec(Recipe.QUICK);
    Work whole = work(spec, Optional.empty(), 0, Optional.empty(), event -> false);
    Work rest = work(spec, from(whole.state()), NEVER, Optional.empty(), event -> false);
    assertThat(rest.lastWord()).isInstanceOf(Succeeded.class);
    List<Object> all = findings(whole.events());
    List<Object> after = findings(rest.events());
    assertThat(after).isEqualTo(all.subList(all.size() - after.size(), all.size()));
  }

  @Test
  void aRungIsAStopBetweenTwoEpochs() throws IOException {
    TrainSpec spec = spec(Recipe.QUICK);
    Work first = work(spec, Optional.empty(), NEVER, Optional.of(1), event -> false);
    assertThat(first.lastWord()).isEqualTo(new RungReached(1));
    Work rest = work(spec, from(first.state()), NEVER, Optional.of(3), event -> false);
    List<WorkerEvent> parts = new ArrayList<>(first.events());
    parts.addAll(rest.events());
    assertSame(undisturbed(spec), rest, parts);
  }

  /**
   * With random changes of the images, features are computed for each batch. To resume, the run of
   * the start is not needed.
   */
  @ParameterizedTest
  @CsvSource({
    "CLASSIFIER, 0, 0",
    "CLASSIFIER, 0.5, 0",
    "CLASSIFIER, 0, 0.5",
    "LAST_STAGE, 0, 0",
    "LAST_TWO_STAGES, 0, 0"
  })
  void whatIsNotTrainedStaysAsItWas(TrainablePart part, double flip, double localShare)
      throws IOException {
    TrainSpec before = spec(Recipe.QUICK);
    Work start = undisturbed(before);
    Map<String, float[]> weights = best(start).weights();
    subject =
        Optional.of(
            new Assignment.Subject(
                Experiments.canonical(before),
                start.directory().resolve(TrainRunner.BEST).toString()));
    TrainSpec spec =
        before
            .with(TrainExperiment.SEED, 8L)
            .with(TrainExperiment.FROM_RUN, new StartingRun(1, "pretrained", ""))
            .with(OptimisationParameters.TRAINABLE, part)
            .with(OptimisationParameters.EMA, 0.9)
            .with(ObjectiveParameters.LOCAL_WEIGHT, localShare)
            .with(AugmentationParameters.FLIP, flip);
    Work whole = undisturbed(spec);
    Set<String> trained =
        TrainedPart.tensors(part, Architectures.named("bagnet9").build(4, spec.width(), 64));
    best(whole)
        .weights()
        .forEach(
            (name, values) -> {
              if (!trained.contains(name)) {
                assertThat(values).as(name).isEqualTo(weights.get(name));
              } else if (name.endsWith(".weight")) {
                assertThat(values).as(name).isNotEqualTo(weights.get(name));
              }
            });
    Work first = work(spec, Optional.empty(), NEVER, Optional.empty(), in(Phase.TRAINING, 2));
    subject = Optional.empty();
    Work rest = work(spec, from(first.state()), NEVER, Optional.empty(), event -> false);
    List<WorkerEvent> parts = new ArrayList<>(first.events());
    parts.addAll(rest.events());
    assertSame(whole, rest, parts);
  }

  @Test
  void whatWasTrainedIsOnlyMeasured() throws IOException {
    TrainSpec spec = spec(Recipe.QUICK);
    Work stopped =
        work(spec, Optional.empty(), NEVER, Optional.empty(), event -> event instanceof Result);
    assertThat(stopped.lastWord()).isEqualTo(new Stopped(true));
    Path best = stopped.directory().resolve(TrainRunner.BEST);
    Work rest =
        work(
            spec,
            Optional.of(new Assignment.Resumption(best.toString(), true)),
            NEVER,
            Optional.empty(),
            event -> false);
    assertThat(findings(rest.events()))
        .hasSize(6)
        .isEqualTo(findings(undisturbed(spec).events()).subList(3, 9));
  }

  @Test
  void whatStopsBeforeTheFirstBatchLeavesNothing() throws IOException {
    Work work =
        work(
            spec(Recipe.QUICK),
            Optional.empty(),
            NEVER,
            Optional.empty(),
            event -> event instanceof WorkerEvent.ArtifactWritten);
    assertThat(work.lastWord()).isEqualTo(new Stopped(false));
  }

  @Test
  void anotherDataSetOfTheSameNameIsRefused() throws IOException {
    TrainSpec spec = spec(Recipe.QUICK);
    Work first = work(spec, Optional.empty(), NEVER, Optional.empty(), in(Phase.TRAINING, 1));
    Checkpoint state = Checkpoint.read(first.state());
    Map<String, String> facts = new HashMap<>(state.facts());
    facts.put("datasetChecksum", "another");
    Path altered = folder.resolve("altered.safetensors");
    new Checkpoint(facts, state.weights(), state.optimiser(), state.best())
        .write(altered, Architectures.named("bagnet9").build(4, spec.width(), spec.imageSize()));
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> work(spec, from(altered), NEVER, Optional.empty(), event -> false))
        .withMessageContaining("imported again");
  }

  /**
   * Written by version 0.1.0 after the first batch of the second of three epochs, and frozen: an
   * upgrade must not end the trainings that are under way.
   */
  @Test
  void aStateOfTheFirstReleaseIsContinued() throws Exception {
    Path state =
        Path.of(
            Objects.requireNonNull(
                    ResumedTrainingTests.class.getResource("/training-state-1.safetensors"))
                .toURI());
    TrainSpec spec = spec(Recipe.QUICK, "controlled-15", 0.02, 64);
    Work work = work(spec, from(state), NEVER, Optional.of(2), event -> false);
    assertThat(work.lastWord()).isEqualTo(new RungReached(2));
    List<EpochEnded> epochs =
        work.events().stream()
            .filter(EpochEnded.class::isInstance)
            .map(EpochEnded.class::cast)
            .toList();
    assertThat(epochs).extracting(EpochEnded::epoch).containsExactly(2);
    // As the training that left the state went on. Other kernels round otherwise, and 18 steps
    // make more of that; a training that restarted from the beginning has a loss of 2.66.
    EpochEnded epoch = epochs.get(0);
    assertThat(epoch.learningRate()).isCloseTo(0.009797464868072488, within(1e-12));
    assertThat(epoch.trainLoss()).isCloseTo(2.417, within(0.05));
    assertThat(epoch.trainAccuracy()).isCloseTo(0.158, within(0.03));
    assertThat(epoch.best()).isTrue();
  }

  @Test
  void aStateHasTheBestWeightsSoFar() throws IOException {
    TrainSpec spec = spec(Recipe.QUICK);
    Work first = work(spec, Optional.empty(), NEVER, Optional.empty(), in(Phase.TRAINING, 2));
    Work second =
        work(
            spec,
            from(first.state()),
            NEVER,
            Optional.empty(),
            event -> event instanceof WorkerEvent.ArtifactWritten);
    assertThat(second.lastWord()).isEqualTo(new Stopped(true));
    assertThat(second.directory().resolve(TrainRunner.BEST))
        .hasSameBinaryContentAs(first.directory().resolve(TrainRunner.BEST));
  }
}
