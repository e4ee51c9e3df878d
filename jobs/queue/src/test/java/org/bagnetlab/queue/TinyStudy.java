package org.bagnetlab.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;

/**
 * What a tiny worker leaves as a study: results that depend on the seed, pictures, predictions.
 * With seed {@value #WAITING_SEED}, or a learning rate of {@value #WAITING_RATE}, a training waits
 * in its second epoch until it is told to stop; with the latter, it is worse than others until
 * then; at a learning rate of {@value #EXPLODING_RATE} its loss explodes, and it goes on; with a
 * negative seed it learns nothing; with batches of {@value #TOO_MANY} images it runs out of memory.
 */
final class TinyStudy {

  private static final int WAITING_SEED = 99;
  private static final double WAITING_RATE = 0.5;
  private static final double EXPLODING_RATE = 1;
  private static final int TOO_MANY = 512;
  private static final int CLASSES = 15;
  private static final int IMAGES_OF_CLASS = 80;

  private final TinyWorker worker;
  private final Path directory;

  TinyStudy(TinyWorker worker, Path directory) {
    this.worker = worker;
    this.directory = directory;
  }

  void run(Assignment assignment) throws Exception {
    worker.log("the worker's first words");
    JobSpec spec = Experiments.read(assignment.spec());
    boolean waits =
        spec instanceof TrainSpec train && train.get(TrainExperiment.LEARNING_RATE) == WAITING_RATE;
    worker.report(
        new WorkerEvent.EpochEnded(1, 3e-3, 2.5, .1, Double.NaN, waits ? .1 : .2, true, 1.5));
    worker.report(new WorkerEvent.Progress(Phase.TRAINING, 2, 6, 31, 150, 40, 60));
    if (spec instanceof TrainSpec train) {
      if (waits || train.seed() == WAITING_SEED) {
        waitForStop();
      } else {
        train(train);
      }
    } else {
      if (spec.kind().equals(EvaluateExperiment.NAME)) {
        measured(
            MeasuredSet.SCRAMBLED,
            .35,
            Map.of("scrambleSeed", spec.get(EvaluateExperiment.SCRAMBLE_SEED)));
      }
      worker.report(new WorkerEvent.Succeeded());
    }
  }

  private void waitForStop() throws Exception {
    if (worker.awaitStop()) {
      leave(ArtifactKind.CHECKPOINT, "last.bin", "weights", Map.of());
      worker.report(new WorkerEvent.Stopped(true));
    }
  }

  private void train(TrainSpec spec) throws Exception {
    if (spec.get(TrainExperiment.LEARNING_RATE) >= EXPLODING_RATE) {
      worker.report(
          new WorkerEvent.EpochEnded(
              2, spec.get(TrainExperiment.LEARNING_RATE), 1.1e9, .1, 1.2e9, .1, true, 1));
    }
    if (spec.get(TrainExperiment.BATCH_SIZE) == TOO_MANY) {
      worker.report(
          new WorkerEvent.Failed(
              ErrorFamily.INSUFFICIENT_RESOURCES,
              "out-of-memory",
              "Out of memory: tried to allocate %d bytes".formatted(1000 + spec.seed()),
              Optional.empty()));
      return;
    }
    if (spec.seed() < 0) {
      worker.report(
          new WorkerEvent.EpochEnded(
              2, spec.get(TrainExperiment.LEARNING_RATE), 2.7, .06, 2.7, .06, true, 1));
    }
    int correct = (int) (50 + spec.seed());
    measured(MeasuredSet.VALIDATION, correct / 100.0, Map.of());
    measured(MeasuredSet.TEST, correct / 100.0, Map.of());
    measured(MeasuredSet.SCRAMBLED, .25, Map.of("scrambleSeed", spec.seed()));
    leave(ArtifactKind.CHECKPOINT, "best.bin", "weights", Map.of());
    leave(
        ArtifactKind.SPLIT,
        "split.json",
        "{}",
        Map.of(
            "datasetChecksum",
            "abc",
            "splitChecksum",
            "def",
            "chance",
            "0.0625",
            "train",
            String.valueOf(
                CLASSES * spec.find(TrainExperiment.TRAIN_IMAGES).orElse(IMAGES_OF_CLASS))));
    leave(
        ArtifactKind.PREDICTIONS,
        "predictions.json",
        """
        {"classes": ["a", "b"], "validation": [], "test": [
          {"image": "test/a.png", "label": 0, "predicted": 0, "logits": [1, 0]},
          {"image": "test/b.png", "label": 0, "predicted": 1, "logits": [0, 1]}],
         "scrambled": []}
        """,
        Map.of());
    Map<String, String> facts =
        Map.of(
            "image",
            "test/a.png",
            "class",
            "a",
            "label",
            "a",
            "predicted",
            "b",
            "minimum",
            "-1",
            "maximum",
            "2");
    leave(ArtifactKind.IMAGE, "1-image.png", "image", facts);
    leave(ArtifactKind.SCRAMBLED_IMAGE, "1-scrambled.png", "scrambled", facts);
    if (spec.architecture().startsWith("bagnet")) {
      leave(ArtifactKind.HEATMAP, "1-heatmap.png", "heatmap", facts);
      leave(ArtifactKind.SCRAMBLED_HEATMAP, "1-scrambled-heatmap.png", "s", facts);
    }
    worker.report(new WorkerEvent.Succeeded());
  }

  private void measured(MeasuredSet set, double accuracy, Map<String, ?> axes) throws IOException {
    found("accuracy", set, axes, accuracy);
    found("loss", set, axes, 1);
  }

  private void found(String output, MeasuredSet set, Map<String, ?> axes, double value)
      throws IOException {
    worker.report(
        new WorkerEvent.Result(
            output, output, set.text(), Json.MAPPER.valueToTree(axes), value, Optional.of(100)));
  }

  private void leave(ArtifactKind kind, String name, String content, Map<String, String> facts)
      throws Exception {
    String mediaType =
        name.endsWith(".png")
            ? "image/png"
            : name.endsWith(".json") ? "application/json" : "application/octet-stream";
    worker.write(directory, output(kind), kind, name, mediaType, content, facts, Optional.empty());
  }

  private static Optional<String> output(ArtifactKind kind) {
    return switch (kind) {
      case IMAGE, SCRAMBLED_IMAGE -> Optional.of("pictures");
      case HEATMAP, SCRAMBLED_HEATMAP, MAP -> Optional.of("heatmap");
      case CHECKPOINT,
          TRAINING_STATE,
          SPLIT,
          PREDICTIONS,
          SCRAMBLED_PREDICTIONS,
          EVIDENCE,
          READOUTS,
          PICTURE,
          MATRIX ->
          Optional.empty();
    };
  }
}
