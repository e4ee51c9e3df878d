package org.bagnetlab.server.results.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Origin;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.storage.run.MeasuredRunRow;

/**
 * The settings that the networks of a row were trained with.
 *
 * @param regime how the networks were initialised; absent if they were not trained
 * @param settings the values of parameters, except for the network, the seed and parameters that do
 *     not affect results
 * @param code digests of the code that computed the runs, separated by blanks; absent if unknown
 * @param lab the lab that ran the runs, if they were imported
 * @param phrasesByName the phrases for settings in captions by parameter, except for the data set
 *     and the regime
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RowSettings(
    Optional<String> regime,
    Settings settings,
    Optional<String> code,
    Optional<String> lab,
    @JsonIgnore Map<String, String> phrasesByName) {

  private static final String CODE = "code";
  private static final String LAB = "lab";

  /** The settings of a network that was not trained. */
  public static final RowSettings NONE =
      new RowSettings(
          Optional.empty(), Settings.none(), Optional.empty(), Optional.empty(), Map.of());

  /** The settings of a training. */
  public static RowSettings of(TrainSpec spec) {
    Settings settings = spec.settings();
    Map<String, String> phrases = new LinkedHashMap<>();
    // Captions leave out default values of the other settings, since these are part of the recipe.
    phrases.put(
        TrainExperiment.RECIPE.name(), TrainExperiment.phrase(spec.get(TrainExperiment.RECIPE)));
    phrases.putAll(settings.phrases());
    return new RowSettings(
        Optional.of(spec.regime()),
        settings.identifying().without(TrainExperiment.ARCHITECTURE),
        Optional.empty(),
        Optional.empty(),
        phrases);
  }

  /** The known settings of an imported network. */
  public static RowSettings of(ImportedNetwork network, int imageSize) {
    Settings known =
        Settings.none()
            .with(TrainExperiment.IMAGE_SIZE, Optional.of(imageSize))
            .with(TrainExperiment.WIDTH, Optional.of(network.width()));
    return new RowSettings(
        Optional.of(network.regime()), known, Optional.empty(), Optional.empty(), known.phrases());
  }

  /**
   * These settings of runs that this code computed.
   *
   * @param row one of them, which tells where they were run
   */
  RowSettings computedBy(List<RunCode> codes, MeasuredRunRow row) {
    Map<String, String> phrases = new LinkedHashMap<>(phrasesByName);
    RunCode.phrase(codes).ifPresent(phrase -> phrases.put(CODE, phrase));
    row.originLab()
        .map(lab -> "imported from lab " + Origin.shortened(lab))
        .or(() -> row.startLab().map(lab -> "from a network of lab " + Origin.shortened(lab)))
        .ifPresent(phrase -> phrases.put(LAB, phrase));
    return new RowSettings(regime, settings, RunCode.column(codes), row.originLab(), phrases);
  }

  /** The phrases for captions, in order. */
  @JsonProperty("phrases")
  public List<String> phrases() {
    return List.copyOf(phrasesByName.values());
  }

  /** The data set. */
  public String dataset() {
    return settings.find(TrainExperiment.DATASET).orElseThrow();
  }

  /** These settings without a parameter. Rows that differ only in this parameter share them. */
  RowSettings without(Parameter<?> parameter) {
    Map<String, String> phrases = new LinkedHashMap<>(phrasesByName);
    phrases.remove(parameter.name());
    return new RowSettings(regime, settings.without(parameter), code, lab, phrases);
  }

  /** These settings with a phrase in place of the value of a parameter. */
  RowSettings with(String phrase, Parameter<?> parameter) {
    Map<String, String> phrases = new LinkedHashMap<>(phrasesByName);
    phrases.put(parameter.name(), phrase);
    return new RowSettings(regime, settings.without(parameter), code, lab, phrases);
  }

  /**
   * One column for the regime, one for each parameter that identifies a training, one for the code
   * and one for the lab.
   */
  public static <R> List<Column<R>> columns(Function<R, RowSettings> row) {
    List<Column<R>> columns = new ArrayList<>();
    for (Parameter<?> parameter : TrainExperiment.DISTINGUISHING) {
      if (parameter.equals(TrainExperiment.WEIGHTS)) {
        columns.add(
            Column.of("regime", "Regime", Column.Role.SETTING, row.andThen(RowSettings::regime)));
      }
      columns.add(
          column(parameter, row.andThen(RowSettings::settings))
              .usualIf(
                  each ->
                      parameter.hasPhrase()
                          && !row.apply(each).phrasesByName().containsKey(parameter.name())));
    }
    columns.add(
        Column.<R>of(CODE, "Code", Column.Role.SETTING, row.andThen(RowSettings::code))
            .shownAs(each -> row.apply(each).code().map(RunCode::shortened)));
    columns.add(Column.of(LAB, "Lab", Column.Role.SETTING, row.andThen(RowSettings::lab)));
    return columns;
  }

  private static <R> Column<R> column(Parameter<?> parameter, Function<R, Settings> settings) {
    return Column.<R>of(
            parameter.name(),
            parameter.label() + unit(parameter).map(" (%s)"::formatted).orElse(""),
            Column.Role.SETTING,
            row -> value(parameter, settings.apply(row)))
        .shownAs(row -> value(parameter, settings.apply(row)).map(RowSettings::text));
  }

  /** The unit for a column heading. Empty for a factor, whose unit is only a sign. */
  private static Optional<String> unit(Parameter<?> parameter) {
    return parameter.unit().filter(unit -> Character.isLetter(unit.charAt(0)));
  }

  /** The value of a parameter: a number with all its digits, or a word. */
  public static Optional<?> value(Parameter<?> parameter, Settings settings) {
    return settings
        .request(parameter)
        .<Object>map(value -> value.isNumber() ? value.numberValue() : value.asText())
        .or(() -> settings.covers(parameter) ? parameter.type().absent() : Optional.empty());
  }

  private static String text(Object value) {
    return value instanceof Double number ? Decimal.plain(number) : String.valueOf(value);
  }

  /**
   * These settings without starting weights and starting run, but with the regime. Networks that
   * start from different weights or runs share them.
   */
  RowSettings withoutOrigin() {
    return without(TrainExperiment.WEIGHTS).without(TrainExperiment.FROM_RUN);
  }
}
