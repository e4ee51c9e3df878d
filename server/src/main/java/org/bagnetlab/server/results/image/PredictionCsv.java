package org.bagnetlab.server.results.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.image.PredictionPage.ImagePrediction;
import org.bagnetlab.server.table.Csv;

/**
 * Writes predictions as comma-separated values: one line for each image, with two more columns for
 * each additional run.
 */
public final class PredictionCsv {

  private PredictionCsv() {}

  /** The predictions of a page, after a header line. */
  public static String of(PredictionPage page, List<Long> others) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "run",
                "dataset",
                "image",
                "set",
                "class",
                "predicted",
                "probability",
                "classProbability"));
    for (long other : others) {
      header.add("predictedByRun" + other);
      header.add("probabilityOfRun" + other);
    }
    StringBuilder csv = new StringBuilder(Csv.line(header));
    for (ImagePrediction prediction : page.predictions()) {
      csv.append(Csv.line(row(page, prediction, others)));
    }
    return csv.toString();
  }

  private static List<String> row(
      PredictionPage page, ImagePrediction prediction, List<Long> others) {
    List<String> row = new ArrayList<>();
    row.add(Long.toString(page.run()));
    row.add(page.dataset());
    row.add(prediction.image());
    row.add(prediction.set().text());
    row.add(prediction.label());
    row.add(prediction.predicted());
    row.add(number(prediction.probability()));
    row.add(number(prediction.classProbability()));
    for (long run : others) {
      Optional<PredictionPage.Other> other =
          prediction.others().stream().filter(each -> each.run() == run).findFirst();
      row.add(other.map(PredictionPage.Other::predicted).orElse(""));
      row.add(number(other.flatMap(PredictionPage.Other::probability)));
    }
    return row;
  }

  private static String number(Optional<Double> value) {
    return value.map(String::valueOf).orElse("");
  }
}
