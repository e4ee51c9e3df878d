package org.bagnetlab.server.results.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/** The numbers that a job measured, by their names, in the order in which it measured them. */
final class RunNumbers {

  private RunNumbers() {}

  static SequencedMap<String, Double> of(List<EpochRow> epochs, List<ResultRow> results) {
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    for (EpochRow epoch : epochs) {
      String in = "epoch %d, ".formatted(epoch.epoch());
      numbers.put(in + "learning rate", epoch.learningRate());
      numbers.put(in + "training loss", epoch.trainLoss());
      numbers.put(in + "training accuracy", epoch.trainAccuracy());
      numbers.put(in + "validation loss", epoch.validationLoss());
      numbers.put(in + "validation accuracy", epoch.validationAccuracy());
    }
    for (ResultRow result : results) {
      numbers.put(name(result), result.value());
    }
    return numbers;
  }

  private static String name(ResultRow result) {
    StringBuilder name = new StringBuilder();
    if (!result.output().equals(result.metric())) {
      name.append(result.output()).append(", ");
    }
    name.append(result.metric()).append(", ").append(result.set());
    JsonNode axes = Json.object(result.axes());
    axes.properties()
        .forEach(
            axis ->
                name.append(", ")
                    .append(axis.getKey())
                    .append(' ')
                    .append(axis.getValue().asText()));
    return name.toString();
  }
}
