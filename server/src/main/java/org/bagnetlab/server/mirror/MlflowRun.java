package org.bagnetlab.server.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.bundle.RunRecord;
import org.bagnetlab.storage.run.EpochRow;

/**
 * A training as MLflow sees it.
 *
 * @param experiment the name of its experiment: one for each data set
 * @param name display name
 * @param startedAt in milliseconds since 1970
 * @param endedAt in milliseconds since 1970
 * @param params its settings
 * @param metrics losses and accuracies of the epochs, then those of the trained network
 * @param tags what identifies it, and what users wrote
 */
record MlflowRun(
    String experiment,
    String name,
    long startedAt,
    long endedAt,
    Map<String, String> params,
    List<LoggedMetric> metrics,
    Map<String, String> tags) {

  /** The tag with the identity of the lab. */
  static final String LAB = "bagnetlab.lab";

  /** The tag with the training's id in the lab. */
  static final String RUN = "bagnetlab.run";

  /** The tag with the time of its submission: a restored lab uses its ids again. */
  static final String SUBMITTED = "bagnetlab.submitted";

  private static final String KIND = "kind";

  /**
   * A number.
   *
   * @param timestamp in milliseconds since 1970
   * @param step the epoch
   */
  record LoggedMetric(String key, double value, long timestamp, long step) {}

  /** The training of a record. */
  static MlflowRun of(RunRecord run) {
    return new MlflowRun(
        "Bagnet Lab: " + run.spec().path(TrainExperiment.DATASET.name()).asText(),
        run.title(),
        run.startedAt().toEpochMilli(),
        run.endedAt().toEpochMilli(),
        // The stored form leaves out some defaults.
        params(Json.MAPPER.valueToTree(Experiments.read(run.spec()))),
        metrics(run),
        tags(run));
  }

  private static Map<String, String> params(JsonNode spec) {
    Map<String, String> params = new LinkedHashMap<>();
    spec.properties().stream()
        .filter(setting -> !setting.getKey().equals(KIND))
        .forEach(
            setting -> {
              JsonNode value = setting.getValue();
              params.put(setting.getKey(), value.isValueNode() ? value.asText() : value.toString());
            });
    return params;
  }

  private static List<LoggedMetric> metrics(RunRecord run) {
    List<LoggedMetric> metrics = new ArrayList<>();
    // Counted back from the end: a training that was resumed started again in between.
    double left = run.epochs().stream().mapToDouble(EpochRow::seconds).sum();
    int last = 0;
    for (EpochRow epoch : run.epochs()) {
      left -= epoch.seconds();
      last = epoch.epoch();
      long at = run.endedAt().toEpochMilli() - Math.round(left * 1000);
      metrics.add(new LoggedMetric("learning_rate", epoch.learningRate(), at, last));
      metrics.add(new LoggedMetric("train_loss", epoch.trainLoss(), at, last));
      metrics.add(new LoggedMetric("train_accuracy", epoch.trainAccuracy(), at, last));
      metrics.add(new LoggedMetric("validation_loss", epoch.validationLoss(), at, last));
      metrics.add(new LoggedMetric("validation_accuracy", epoch.validationAccuracy(), at, last));
    }
    for (RunRecord.Value value : run.results()) {
      metrics.add(
          new LoggedMetric(
              "final_%s_%s".formatted(value.set(), value.metric()),
              value.value(),
              run.endedAt().toEpochMilli(),
              last));
    }
    // MLflow draws what is not a number as a gap, but not all of its databases store it.
    return metrics.stream().filter(metric -> Double.isFinite(metric.value())).toList();
  }

  private static Map<String, String> tags(RunRecord run) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(LAB, run.origin().lab());
    tags.put(RUN, Long.toString(run.origin().run()));
    tags.put(SUBMITTED, run.createdAt().toString());
    tags.put("mlflow.source.name", "Bagnet Lab");
    run.code().ifPresent(code -> tags.put("bagnetlab.code", code));
    run.worker()
        .ifPresent(
            worker -> {
              put(tags, "mlflow.source.git.commit", worker.at("/provenance/code/commit"));
              put(tags, "bagnetlab.engine", worker.at("/provenance/engine/name"));
              put(tags, "bagnetlab.processor", worker.at("/provenance/cpu/model"));
            });
    if (!run.tags().isEmpty()) {
      tags.put("bagnetlab.tags", String.join(" ", run.tags()));
    }
    run.note().ifPresent(note -> tags.put("mlflow.note.content", note));
    return tags;
  }

  private static void put(Map<String, String> tags, String name, JsonNode value) {
    if (value.isTextual()) {
      tags.put(name, value.asText());
    }
  }
}
