package org.bagnetlab.experiment.statistic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.About;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;

/**
 * How well a run recognises each class: precision, recall and their harmonic mean F1 with the
 * number of images, their means over classes, and the confusion matrix. Precision and F1 of a class
 * that is never predicted are 0 (scikit-learn's {@code zero_division=0}); otherwise a network would
 * gain from never predicting a class. A class without images has no scores and is excluded from all
 * means.
 */
public final class ClassScores implements Statistic {

  private static final Output PRECISION =
      Output.scalar("class-precision", "Precision", Metric.PRECISION, Axis.CLASS);
  private static final Output RECALL =
      Output.scalar("class-recall", "Recall", Metric.RECALL, Axis.CLASS);
  private static final Output F1 = Output.scalar("class-f1", "F1", Metric.F1, Axis.CLASS);
  private static final Output MACRO_PRECISION =
      Output.scalar("macro-precision", "Macro precision", Metric.MACRO_PRECISION);
  private static final Output MACRO_RECALL =
      Output.scalar("macro-recall", "Macro recall", Metric.MACRO_RECALL);
  private static final Output MACRO_F1 = Output.scalar("macro-f1", "Macro F1", Metric.MACRO_F1);
  private static final Output SUPPORT =
      Output.scalar("class-images", "Images", Metric.IMAGES, Axis.CLASS);
  private static final Output CONFUSION =
      Output.matrix(
          "confusion",
          "Confusion",
          Metric.IMAGES,
          Axis.CLASS,
          Axis.of("predicted", "Predicted class"));

  @Override
  public About about() {
    return new About(
        "classes",
        "Classes",
        "Precision, recall and F1 of each class, their means over classes, and the confusion matrix. A class that is never predicted has precision 0.",
        new Source(Source.REPORT, "test reports"),
        Subject.predictions());
  }

  @Override
  public List<Output> outputs() {
    return List.of(
        PRECISION, RECALL, F1, SUPPORT, MACRO_PRECISION, MACRO_RECALL, MACRO_F1, CONFUSION);
  }

  @Override
  public Findings of(Predictions predictions) {
    List<Findings.Value> values = new ArrayList<>();
    List<Findings.Matrix> matrices = new ArrayList<>();
    for (MeasuredSet set : MeasuredSet.values()) {
      List<Predictions.Row> rows = predictions.of(set);
      if (!rows.isEmpty()) {
        double[][] confusion = confusion(rows, predictions.classes().size());
        List<Findings.Value> ofClasses = new ArrayList<>();
        for (int i = 0; i < confusion.length; i++) {
          ofClasses.addAll(scores(confusion, i, set, predictions.classes().get(i)));
        }
        values.addAll(ofClasses);
        values.add(mean(PRECISION, MACRO_PRECISION, ofClasses, set, rows.size()));
        values.add(mean(RECALL, MACRO_RECALL, ofClasses, set, rows.size()));
        values.add(mean(F1, MACRO_F1, ofClasses, set, rows.size()));
        matrices.add(
            new Findings.Matrix(
                CONFUSION.name(), set, predictions.classes(), predictions.classes(), confusion));
      }
    }
    return new Findings(values, matrices);
  }

  /** The confusion matrix: the number of images by class and predicted class. */
  private static double[][] confusion(List<Predictions.Row> rows, int classes) {
    double[][] confusion = new double[classes][classes];
    for (Predictions.Row row : rows) {
      confusion[row.label()][row.predicted()]++;
    }
    return confusion;
  }

  private static List<Findings.Value> scores(
      double[][] confusion, int number, MeasuredSet set, String name) {
    double right = confusion[number][number];
    double images = 0;
    double seen = 0;
    for (int i = 0; i < confusion.length; i++) {
      images += confusion[number][i];
      seen += confusion[i][number];
    }
    List<Findings.Value> scores = new ArrayList<>();
    if (images > 0) {
      scores.add(value(PRECISION, set, name, seen > 0 ? right / seen : 0, seen));
      scores.add(value(RECALL, set, name, right / images, images));
      // 2 P R / (P + R), in a form that is also defined if P and R are 0.
      scores.add(value(F1, set, name, 2 * right / (seen + images), images));
    }
    scores.add(value(SUPPORT, set, name, images, images));
    return scores;
  }

  /** The mean over the classes that have a score; there is at least one. */
  private static Findings.Value mean(
      Output ofClass, Output macro, List<Findings.Value> scores, MeasuredSet set, int images) {
    double mean =
        scores.stream()
            .filter(score -> score.output().equals(ofClass.name()))
            .mapToDouble(Findings.Value::value)
            .average()
            .orElseThrow();
    return new Findings.Value(macro, set, Map.of(), mean, images);
  }

  private static Findings.Value value(
      Output output, MeasuredSet set, String name, double value, double images) {
    return new Findings.Value(output, set, Map.of(Axis.CLASS.name(), name), value, (int) images);
  }
}
