package org.bagnetlab.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.MeasuredSet;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.training.EpochSummary;
import org.bagnetlab.vision.training.PlateauSchedule;
import org.bagnetlab.vision.training.ReportSchedule;
import org.bagnetlab.vision.training.Schedule;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.vision.training.TrainingObserver;

/** A training with its measurements and pictures. */
final class TrainRun {

  static final String BEST = "best.safetensors";
  private static final String LAST = "last.safetensors";

  private final Run run;
  private final JobSpec.Train spec;
  private final Progress progress;

  /** Unwinds a training that was told to stop and has left a checkpoint. */
  static final class StoppedWithCheckpoint extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
  }

  TrainRun(Run run, JobSpec.Train spec) {
    this.run = run;
    this.spec = spec;
    this.progress = new Progress(run.events());
  }

  void run() throws IOException {
    SceneDataset dataset = run.dataset(spec);
    Split split = run.split(dataset, spec);
    StartingPoint start = StartingPoint.of(run, spec, run.architecture(spec, dataset));
    writeSplit(dataset, split);
    // All of them from the beginning: what does not fit must not show after hours.
    List<LoadedImages> parts =
        LoadedImages.of(
            dataset, List.of(split.train(), split.validation(), split.test()), spec.imageSize());
    LoadedImages train = parts.get(0);
    LoadedImages validation = parts.get(1);
    LoadedImages test = parts.get(2);
    Explanation explanation =
        new Explanation(run, progress, run.blueprint(spec), spec, spec.heatmapStride());
    List<SceneImage> samples = Explanation.samples(split);
    try (Network network = run.compile(start.architecture(), spec)) {
      start.load(network);
      progress.start(
          (double) spec.epochs() * epochCost(train, validation)
              + validation.count()
              + 2.0 * split.test().size()
              + explanation.cost(samples.size()));
      NetworkFacts facts = NetworkFacts.trained(spec.width(), spec.imageSize(), dataset.classes());
      train(network, facts, train, validation);
      network.load(Checkpoint.read(run.artifacts().path(BEST)).weights());
      run.artifacts()
          .handOver(
              ArtifactKind.CHECKPOINT,
              BEST,
              "application/octet-stream",
              Map.of("contents", "weights of the best epoch"));
      measure(network, dataset, validation, test, explanation, samples);
    }
  }

  /** What follows a training. Its best checkpoint is the server's by now, whatever comes. */
  private void measure(
      Network network,
      SceneDataset dataset,
      LoadedImages validation,
      LoadedImages test,
      Explanation explanation,
      List<SceneImage> samples)
      throws IOException {
    try {
      Measurement measurement = new Measurement(run, progress);
      measurement.measure(network, MeasuredSet.VALIDATION, Phase.VALIDATING, validation);
      measurement.measure(network, MeasuredSet.TEST, Phase.TESTING, test);
      measurement.measure(
          network,
          MeasuredSet.SCRAMBLED,
          Phase.SCRAMBLING,
          test.changedBy(Explanation.scramble(spec.seed())::apply));
      measurement.writePredictions(dataset);
      explanation.explain(network, dataset, samples);
    } catch (Cancellation.Requested e) {
      throw new StoppedWithCheckpoint();
    }
  }

  private void train(
      Network network, NetworkFacts facts, LoadedImages train, LoadedImages validation)
      throws IOException {
    int batches = Trainer.Plan.batches(train.count(), spec.batchSize());
    Schedule schedule =
        switch (spec.recipe()) {
          case QUICK, SGD -> new PlateauSchedule(spec.learningRate(), spec.epochs() * batches);
          case REPORT -> new ReportSchedule(spec.learningRate());
        };
    Trainer.Outcome outcome =
        new Trainer(
                network,
                train,
                validation,
                new Trainer.Plan(spec.epochs(), spec.batchSize(), spec.seed(), schedule),
                new Observer(network, facts, epochCost(train, validation)))
            .run();
    if (outcome instanceof Trainer.Outcome.Stopped stopped) {
      Checkpoint.withOptimiser(
              network,
              facts.after(
                  TrainingOrigin.before(
                      Map.of(
                          "epoch",
                          String.valueOf(stopped.epoch()),
                          "batches",
                          String.valueOf(stopped.batches())),
                      spec)))
          .write(run.artifacts().path(LAST), network.architecture());
      run.artifacts()
          .handOver(
              ArtifactKind.CHECKPOINT,
              LAST,
              "application/octet-stream",
              Map.of(
                  "contents",
                  "weights and optimiser after %d batches of epoch %d"
                      .formatted(stopped.batches(), stopped.epoch())));
      throw new StoppedWithCheckpoint();
    }
  }

  private double epochCost(LoadedImages train, LoadedImages validation) {
    return (double) Progress.TRAINING_COST * train.count() + validation.count();
  }

  private void writeSplit(SceneDataset dataset, Split split)
      throws JsonProcessingException, IOException {
    run.artifacts()
        .write(
            ArtifactKind.SPLIT,
            "split.json",
            "application/json",
            Json.MAPPER.writeValueAsBytes(split),
            Map.of(
                "datasetChecksum", dataset.checksum(),
                "splitChecksum", split.checksum(),
                "train", String.valueOf(split.train().size()),
                "validation", String.valueOf(split.validation().size()),
                "test", String.valueOf(split.test().size())));
  }

  /** Passes on what the trainer says, and keeps the best epoch's weights. */
  private final class Observer implements TrainingObserver {
    private final Network network;
    private final NetworkFacts facts;
    private final double epochCost;
    private int validated;
    private int epochs;

    Observer(Network network, NetworkFacts facts, double epochCost) {
      this.network = network;
      this.facts = facts;
      this.epochCost = epochCost;
    }

    @Override
    public void batchEnded(int epoch, int done, int total, int images) {
      progress.advance(
          Phase.TRAINING, epoch, spec.epochs(), done, total, images, Progress.TRAINING_COST);
      validated = 0;
    }

    @Override
    public void validated(int epoch, int done, int total) {
      run.cancellation().check();
      progress.advance(Phase.VALIDATING, epoch, spec.epochs(), done, total, done - validated, 1);
      validated = done;
    }

    @Override
    public void epochEnded(EpochSummary summary) throws IOException {
      epochs = summary.epoch();
      if (summary.best()) {
        Map<String, String> epoch = Map.of("epoch", String.valueOf(summary.epoch()));
        Checkpoint.of(network, facts.after(TrainingOrigin.before(epoch, spec)))
            .write(run.artifacts().path(BEST), network.architecture());
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
      progress.skip((spec.epochs() - epochs) * epochCost);
    }
  }
}
