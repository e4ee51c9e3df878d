package org.bagnetlab.worker.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.vision.training.EpochSummary;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.vision.training.TrainingInput;
import org.bagnetlab.vision.training.TrainingObserver;
import org.bagnetlab.vision.training.TrainingState;
import org.bagnetlab.worker.heatmap.Explanation;
import org.bagnetlab.worker.provenance.ThisMachine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.Measurement;
import org.bagnetlab.worker.run.NetworkShape;
import org.bagnetlab.worker.run.Progress;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;

/** Runs a training with its measurements and pictures. */
public final class TrainRunner implements Runner<TrainSpec> {

  static final String BEST = "best.safetensors";

  @Override
  public WorkerEvent.End run(TrainSpec spec, Run run) throws IOException {
    return new Training(spec, run).run();
  }

  /** The state of one training. */
  private static final class Training {

    private final TrainSpec spec;
    private final Run run;
    private final Assignment assignment;
    private final Progress progress;

    Training(TrainSpec spec, Run run) {
      this.spec = spec;
      this.run = run;
      this.assignment = run.assignment();
      this.progress = run.progress();
    }

    WorkerEvent.End run() throws IOException {
      SceneDataset dataset = run.dataset(spec);
      Split split = run.split(dataset, spec);
      StartingPoint start =
          StartingPoint.of(run, spec, run.architecture(spec, dataset), dataset.classes());
      writeSplit(dataset, split);
      // All parts of the split are loaded at the start, so that a lack of memory does not appear
      // only after hours.
      List<LoadedImages> parts =
          LoadedImages.of(
              dataset, List.of(split.train(), split.validation(), split.test()), spec.imageSize());
      Explanation explanation =
          new Explanation(
              run,
              NetworkShape.of(spec),
              scramble(),
              spec.get(TrainExperiment.HEATMAP_STRIDE),
              HeatmapMode.FAITHFUL,
              ColourScale.OWN);
      List<SceneImage> samples = Explanation.samples(split);
      Workload workload = Run.workload(spec, split, samples.size());
      try (Network network = run.compile(start.architecture(), spec)) {
        start.load(network);
        Optional<Path> trained =
            assignment
                .resumption()
                .filter(Assignment.Resumption::trained)
                .map(there -> Path.of(there.checkpoint()));
        Map<String, float[]> best;
        if (trained.isEmpty()) {
          try (TrainedPart part = TrainedPart.of(run, spec, network)) {
            TrainingFiles files = files(part, dataset);
            Optional<WorkerEvent.End> stop =
                train(part, files, parts.get(0), parts.get(1), workload);
            if (stop.isPresent()) {
              return stop.get();
            }
            best = files.trained(run.artifacts().path(BEST));
          }
        } else {
          progress.start(TrainExperiment.measuring(spec, workload));
          best =
              files(new TrainedPart(network, network.architecture(), Map.of()), dataset)
                  .trained(trained.get());
        }
        network.load(best);
        if (trained.isEmpty()) {
          run.artifacts()
              .handOver(
                  ArtifactKind.CHECKPOINT,
                  BEST,
                  "application/octet-stream",
                  Map.of("contents", new TrainingPlan(spec).keptWeights()));
        }
        return measure(network, dataset, parts, explanation, samples);
      }
    }

    private TrainingFiles files(TrainedPart part, SceneDataset dataset) {
      return new TrainingFiles(
          run.artifacts(),
          spec,
          part,
          dataset,
          ThisMachine.with(run.engine().facts()),
          assignment.checkpointSeconds());
    }

    private Scramble scramble() {
      return new Scramble(TrainSpec.SCRAMBLE_TILES_A_SIDE, spec.seed());
    }

    /** Measures after the training. The server already has the best checkpoint. */
    private WorkerEvent.End measure(
        Network network,
        SceneDataset dataset,
        List<LoadedImages> parts,
        Explanation explanation,
        List<SceneImage> samples)
        throws IOException {
      try {
        Measurement measurement = new Measurement(run);
        measurement.validation(network, parts.get(1));
        measurement.test(network, parts.get(2));
        measurement.scrambled(network, parts.get(2), scramble());
        measurement.writePredictions(dataset);
        explanation.explain(network, dataset, samples);
        return new WorkerEvent.Succeeded();
      } catch (Cancellation.Requested e) {
        return new WorkerEvent.Stopped(true);
      }
    }

    /**
     * Trains. The result is empty if the training reached its end; the best epoch's weights are
     * then in the worker's directory.
     */
    private Optional<WorkerEvent.End> train(
        TrainedPart part,
        TrainingFiles files,
        LoadedImages train,
        LoadedImages validation,
        Workload workload)
        throws IOException {
      TrainingPlan plan = new TrainingPlan(spec);
      int classes = part.whole().classes();
      part.keepFeatures(run, spec, train, validation);
      try (TrainingInput input =
          new TrainingInput(train, plan.input(classes), TrainingInput.usualThreads())) {
        return train(part.network(), files, input, validation, workload);
      }
    }

    private Optional<WorkerEvent.End> train(
        Network network,
        TrainingFiles files,
        TrainingInput input,
        LoadedImages validation,
        Workload workload)
        throws IOException {
      int batches = input.batches();
      TrainingState from = TrainingState.start();
      if (assignment.resumption().isPresent()) {
        from = files.resume(Path.of(assignment.resumption().get().checkpoint()));
      }
      int imageCost = TrainExperiment.imageCost(spec);
      double epochCost = (double) imageCost * workload.train() + validation.count();
      double batchCost = (double) imageCost * workload.train() / batches;
      double done = (from.epoch() - 1) * epochCost + from.batches() * batchCost;
      progress.start(new TrainExperiment().cost(spec, workload) - done);
      int lastEpoch = assignment.lastEpoch().orElse(spec.get(TrainExperiment.EPOCHS));
      Trainer.Outcome outcome =
          new Trainer(
                  network,
                  input,
                  validation,
                  new TrainingPlan(spec).trainer(batches, lastEpoch, files.average()),
                  new Observer(files, epochCost))
              .run(from);
      System.err.printf(Locale.ROOT, "Waited %.1f s for training images.%n", input.secondsWaited());
      if (outcome instanceof Trainer.Outcome.Stopped stopped) {
        boolean checkpoint = files.keep(stopped.state());
        return Optional.of(
            stopped.state().epoch() > lastEpoch
                ? new WorkerEvent.RungReached(lastEpoch)
                : new WorkerEvent.Stopped(checkpoint));
      }
      return Optional.empty();
    }

    private void writeSplit(SceneDataset dataset, Split split) throws IOException {
      run.artifacts()
          .writeJson(
              ArtifactKind.SPLIT,
              "split.json",
              split,
              Map.of(
                  ArtifactFacts.DATASET_CHECKSUM,
                  dataset.checksum(),
                  "splitChecksum",
                  split.checksum(),
                  "train",
                  String.valueOf(split.train().size()),
                  "validation",
                  String.valueOf(split.validation().size()),
                  "test",
                  String.valueOf(split.test().size()),
                  ArtifactFacts.CHANCE,
                  String.valueOf(split.chance())));
    }

    /** Forwards the trainer's events to the server and saves its results. */
    private final class Observer implements TrainingObserver {
      private final TrainingFiles files;
      private final double epochCost;
      private int validated;
      private int epochs;

      Observer(TrainingFiles files, double epochCost) {
        this.files = files;
        this.epochCost = epochCost;
      }

      @Override
      public void betweenBatches(TrainingState state) {
        files.savePeriodically(state);
      }

      @Override
      public void batchesEnded(int epoch, int done, int total, int images) {
        progress.advance(
            Phase.TRAINING,
            epoch,
            spec.get(TrainExperiment.EPOCHS),
            done,
            total,
            images,
            TrainExperiment.imageCost(spec));
        validated = 0;
      }

      @Override
      public void validated(int epoch, int done, int total) {
        progress.advance(
            Phase.VALIDATING,
            epoch,
            spec.get(TrainExperiment.EPOCHS),
            done,
            total,
            done - validated,
            1);
        validated = done;
      }

      @Override
      public void epochEnded(EpochSummary summary) throws IOException {
        epochs = summary.epoch();
        System.err.println(EpochLine.of(summary, spec.get(TrainExperiment.EPOCHS)));
        if (summary.best() || new TrainingPlan(spec).keepsLast()) {
          files.writeKept(summary.epoch());
        }
        if (spec.get(ObjectiveParameters.SPARSITY) > 0 && !Double.isNaN(summary.meanEvidence())) {
          run.outputs()
              .value(
                  TrainExperiment.EPOCH_EVIDENCE,
                  MeasuredSet.TRAIN,
                  Map.of(TrainExperiment.EPOCH, summary.epoch()),
                  summary.meanEvidence(),
                  summary.images());
        }
        run.events()
            .write(
                new WorkerEvent.EpochEnded(
                    summary.epoch(),
                    summary.learningRate(),
                    summary.trainLoss(),
                    summary.trainAccuracy(),
                    summary.validationLoss(),
                    summary.validationAccuracy(),
                    summary.best(),
                    summary.seconds()));
      }

      @Override
      public boolean stopRequested() {
        return run.cancellation().requested();
      }

      @Override
      public void trainingEnded() {
        progress.skip((spec.get(TrainExperiment.EPOCHS) - epochs) * epochCost);
      }
    }
  }
}
