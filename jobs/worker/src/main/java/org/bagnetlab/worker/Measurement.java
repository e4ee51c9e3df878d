package org.bagnetlab.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.MeasuredSet;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.training.Trainer;

/** Measures a network on sets of images and keeps every prediction, for tests that compare runs. */
final class Measurement {

  private final Run run;
  private final Progress progress;
  private final Map<MeasuredSet, Evaluation> evaluations = new EnumMap<>(MeasuredSet.class);

  Measurement(Run run, Progress progress) {
    this.run = run;
    this.progress = progress;
  }

  void measure(Network network, MeasuredSet set, Phase phase, LoadedImages images) {
    int[] before = {0};
    Evaluation evaluation =
        Evaluation.of(
            network,
            images,
            Trainer.EVALUATION_BATCH,
            done -> {
              run.cancellation().check();
              progress.advance(phase, 0, 0, done, images.count(), done - before[0], 1);
              before[0] = done;
            });
    evaluations.put(set, evaluation);
    run.events()
        .write(
            new WorkerEvent.Measured(
                set,
                evaluation.accuracy(),
                evaluation.correct(),
                evaluation.predictions().size(),
                evaluation.loss()));
  }

  void writePredictions(SceneDataset dataset) throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("classes", dataset.classes());
    for (Map.Entry<MeasuredSet, Evaluation> each : evaluations.entrySet()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Prediction prediction : each.getValue().predictions()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", prediction.path());
        row.put("label", prediction.label());
        row.put("predicted", prediction.predicted());
        row.put("logits", prediction.logits());
        rows.add(row);
      }
      file.put(Json.MAPPER.convertValue(each.getKey(), String.class), rows);
    }
    run.artifacts()
        .write(
            ArtifactKind.PREDICTIONS,
            "predictions.json",
            "application/json",
            Json.MAPPER.writeValueAsBytes(file),
            Map.of());
  }
}
