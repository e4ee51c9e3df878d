package org.bagnetlab.worker.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.scrambling.Scramble;

/**
 * Measures a network on sets of images and keeps every prediction, for statistical tests that
 * compare runs.
 */
public final class Measurement {

  private final Run run;
  private final ImageOutputs outputs;
  private final Map<MeasuredSet, Evaluation> evaluations = new EnumMap<>(MeasuredSet.class);

  /** Starts without measurements, for a training's own images. */
  public Measurement(Run run) {
    this(run, new ImageOutputs(run.outputs(), Map.of()));
  }

  /** Starts without measurements, for images whose results go to these outputs. */
  public Measurement(Run run, ImageOutputs outputs) {
    this.run = run;
    this.outputs = outputs;
  }

  /** Measures the validation images. */
  public void validation(Network network, LoadedImages images) {
    measure(network, MeasuredSet.VALIDATION, Phase.VALIDATING, images, Map.of());
  }

  /** Measures the test images. */
  public void test(Network network, LoadedImages images) {
    measure(network, MeasuredSet.TEST, Phase.TESTING, images, Map.of());
  }

  /** Measures the test images with their tiles in random order. */
  public void scrambled(Network network, LoadedImages images, Scramble scramble) {
    measure(
        network,
        MeasuredSet.SCRAMBLED,
        Phase.SCRAMBLING,
        images.changedBy(scramble::apply),
        Map.of(TrainExperiment.SCRAMBLE_SEED, scramble.seed()));
  }

  private void measure(
      Network network, MeasuredSet set, Phase phase, LoadedImages images, Map<Axis, ?> at) {
    Evaluation evaluation = run.evaluate(network, images, phase);
    evaluations.put(set, evaluation);
    int count = evaluation.predictions().size();
    outputs.value(TrainExperiment.ACCURACY, set, at, evaluation.accuracy(), count);
    outputs.value(TrainExperiment.LOSS, set, at, evaluation.loss(), count);
  }

  /**
   * Writes the predictions for all measured sets of images. The facts contain the data set's
   * checksum, which distinguishes its images from those of another data set with the same name.
   */
  public void writePredictions(SceneDataset dataset) throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("classes", dataset.classes());
    for (MeasuredSet set :
        List.of(MeasuredSet.VALIDATION, MeasuredSet.TEST, MeasuredSet.SCRAMBLED)) {
      Optional<Evaluation> measured = Optional.ofNullable(evaluations.get(set));
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Prediction prediction : measured.map(Evaluation::predictions).orElse(List.of())) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", prediction.path());
        row.put("label", prediction.label());
        row.put("predicted", prediction.predicted());
        row.put("logits", prediction.logits());
        rows.add(row);
      }
      file.put(set.text(), rows);
    }
    run.artifacts()
        .writeJson(
            ArtifactKind.PREDICTIONS,
            "predictions.json",
            file,
            Map.of(ArtifactFacts.DATASET_CHECKSUM, dataset.checksum()));
  }
}
