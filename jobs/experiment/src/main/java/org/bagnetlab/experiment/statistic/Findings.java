package org.bagnetlab.experiment.statistic;

import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;

/**
 * The results of a statistic.
 *
 * @param values numbers, in the form of stored results
 * @param matrices numbers by row and column
 */
public record Findings(List<Value> values, List<Matrix> matrices) {

  /**
   * A number.
   *
   * @param output of the statistic
   * @param metric what it measures
   * @param set of images
   * @param axes its position: a name or a number on each axis
   * @param value the number
   * @param images number of images that it was measured on
   */
  public record Value(
      String output,
      String metric,
      MeasuredSet set,
      Map<String, ?> axes,
      double value,
      int images) {

    Value(Output output, MeasuredSet set, Map<String, ?> axes, double value, int images) {
      this(output.name(), output.metric().name(), set, axes, value, images);
    }
  }

  /**
   * Numbers by row and column.
   *
   * @param output of the statistic
   * @param set of images
   * @param rows names of the rows
   * @param columns names of the columns
   * @param values values by row, then by column
   */
  public record Matrix(
      String output, MeasuredSet set, List<String> rows, List<String> columns, double[][] values) {}
}
