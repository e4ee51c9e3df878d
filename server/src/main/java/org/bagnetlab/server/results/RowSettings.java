package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.table.Column;

/**
 * How the networks of a row were trained.
 *
 * @param regime how they began; absent: they were not trained
 * @param settings the values of the parameters, without the network, the seed and what no number
 *     depends on
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RowSettings(Optional<String> regime, Settings settings) {

  /** Those of networks that were not trained. */
  static final RowSettings NONE = new RowSettings(Optional.empty(), Settings.none());

  /** Those of a training. */
  static RowSettings of(TrainSpec spec) {
    return new RowSettings(
        Optional.of(spec.regime()),
        spec.settings().identifying().without(TrainExperiment.ARCHITECTURE));
  }

  /** What is known of a network that was imported. */
  static RowSettings of(ImportedNetwork network, int imageSize) {
    return new RowSettings(
        Optional.of(network.regime()),
        Settings.none()
            .with(TrainExperiment.IMAGE_SIZE, Optional.of(imageSize))
            .with(TrainExperiment.WIDTH, Optional.of(network.width())));
  }

  /** What captions say of the settings, besides the data set and the regime. */
  public List<String> getPhrases() {
    return settings.phrases();
  }

  /** The data set. */
  String dataset() {
    return settings.find(TrainExperiment.DATASET).orElseThrow();
  }

  /** What networks of other values have in common. */
  RowSettings without(Parameter<?> parameter) {
    return new RowSettings(regime, settings.without(parameter));
  }

  /** The same with another value. */
  <T> RowSettings with(Parameter<T> parameter, Optional<T> value) {
    return new RowSettings(regime, settings.with(parameter, value));
  }

  /** A column for the regime and for each parameter that identifies a training. */
  static <R> List<Column<R>> columns(Function<R, RowSettings> row) {
    List<Column<R>> columns = new ArrayList<>();
    for (Parameter<?> parameter : TrainExperiment.DISTINGUISHING) {
      if (parameter.equals(TrainExperiment.WEIGHTS)) {
        columns.add(
            Column.of("regime", "Regime", Column.Role.SETTING, row.andThen(RowSettings::regime)));
      }
      columns.add(column(parameter, row.andThen(RowSettings::settings)));
    }
    return columns;
  }

  private static <R> Column<R> column(Parameter<?> parameter, Function<R, Settings> settings) {
    return Column.<R>of(
            parameter.name(),
            parameter.label() + parameter.unit().map(" (%s)"::formatted).orElse(""),
            Column.Role.SETTING,
            row -> value(parameter, settings.apply(row)))
        .shownAs(row -> value(parameter, settings.apply(row)).map(RowSettings::text));
  }

  /** A number or a word. */
  static Optional<?> value(Parameter<?> parameter, Settings settings) {
    return settings
        .request(parameter)
        .<Object>map(RowSettings::plain)
        .or(() -> settings.says(parameter) ? parameter.type().absent() : Optional.empty());
  }

  private static Object plain(JsonNode value) {
    return value.isFloatingPointNumber()
        ? new BigDecimal(Decimal.plain(value.doubleValue()))
        : value.isNumber() ? value.numberValue() : value.asText();
  }

  /** Without an exponent. */
  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  /** What networks that each start from weights of their own have in common. */
  RowSettings withoutWeights() {
    return without(TrainExperiment.WEIGHTS);
  }

  /** The name of the weights that they started from. */
  Optional<String> weights() {
    return settings.find(TrainExperiment.WEIGHTS).map(StartingWeights::name);
  }
}
