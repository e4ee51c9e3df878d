package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.MeasuredSet;

/**
 * How often a run recognises each class, beside the report where that had the same classes.
 *
 * @param published where the published recalls are from, if there are any
 * @param sets the classes by the name of the set of images
 */
public record ClassRecalls(Optional<String> published, Map<String, List<Row>> sets) {

  /**
   * A class.
   *
   * @param name of the class
   * @param images of it in the set
   * @param correct of them, those whose largest logit is their class's
   * @param recall the share of these; absent without images
   * @param published the same in the report
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      @JsonProperty("class") String name,
      int images,
      int correct,
      Optional<Double> recall,
      Optional<Double> published) {}

  /** A run that has measured nothing yet. */
  static ClassRecalls none() {
    return new ClassRecalls(Optional.empty(), Map.of());
  }

  /**
   * Counts a run's predictions.
   *
   * @param architecture the run's network, if it is one of the report's
   */
  static ClassRecalls of(Predictions predictions, String architecture, Published published) {
    Map<String, List<Row>> sets = new LinkedHashMap<>();
    boolean comparable = false;
    for (MeasuredSet set : MeasuredSet.values()) {
      List<Predictions.Row> rows = predictions.of(set);
      if (!rows.isEmpty()) {
        Map<String, Double> recalls = published.recalls(architecture, set, predictions.classes());
        comparable |= !recalls.isEmpty();
        sets.put(
            Json.MAPPER.convertValue(set, String.class),
            rows(predictions.classes(), rows, recalls));
      }
    }
    return new ClassRecalls(comparable ? Optional.of(published.source()) : Optional.empty(), sets);
  }

  private static List<Row> rows(
      List<String> classes, List<Predictions.Row> predictions, Map<String, Double> published) {
    int[] images = new int[classes.size()];
    int[] correct = new int[classes.size()];
    for (Predictions.Row row : predictions) {
      images[row.label()]++;
      correct[row.label()] += row.predicted() == row.label() ? 1 : 0;
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.length; i++) {
      Optional<Double> recall =
          images[i] == 0 ? Optional.empty() : Optional.of((double) correct[i] / images[i]);
      String name = classes.get(i);
      rows.add(
          new Row(name, images[i], correct[i], recall, Optional.ofNullable(published.get(name))));
    }
    return rows;
  }
}
