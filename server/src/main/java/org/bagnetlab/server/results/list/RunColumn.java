package org.bagnetlab.server.results.list;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Field;
import org.bagnetlab.server.table.Column.Role;

/**
 * A column of the list of runs, by which the list can be sorted.
 *
 * @param description the name of the column in requests, and the type of its values
 * @param key returns the sort key of a run; empty if the run has no value; such runs sort last
 * @param column how it is rendered in tables
 */
record RunColumn(
    Description description, Function<ListedRun, Optional<Key>> key, Column<ListedRun> column) {

  /** The type of a column's values. */
  enum Type {
    /** A name. */
    @JsonProperty("text")
    TEXT,
    /** Names. */
    @JsonProperty("list")
    LIST,
    /** A number. */
    @JsonProperty("number")
    NUMBER,
    /** An accuracy. */
    @JsonProperty("share")
    SHARE,
    /** A size in bytes. */
    @JsonProperty("bytes")
    BYTES,
    /** A duration. */
    @JsonProperty("seconds")
    SECONDS,
    /** A point in time. */
    @JsonProperty("instant")
    INSTANT,
    /** A yes-or-no value. */
    @JsonProperty("flag")
    FLAG
  }

  /**
   * A sort key, compared by the number, then by the text.
   *
   * @param text a text in which numbers are padded, so that BagNet-9 sorts before BagNet-17
   */
  record Key(double number, String text) implements Comparable<Key> {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Comparator<Key> ORDER =
        Comparator.comparingDouble(Key::number).thenComparing(Key::text);

    static Key of(double number) {
      return new Key(number, "");
    }

    static Key of(String text) {
      return new Key(
          0,
          NUMBER
              .matcher(text.toLowerCase(Locale.ROOT))
              .replaceAll((MatchResult found) -> "%9s".formatted(found.group())));
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The description of a column in the HTTP interface.
   *
   * @param label the label, without the unit
   * @param parameter whether it is a parameter of trainings
   */
  record Description(
      String name, String label, Optional<String> unit, Type type, boolean parameter) {

    static Description of(String name, String label, Type type) {
      return new Description(name, label, Optional.empty(), type, false);
    }

    static Description of(Parameter<?> parameter) {
      return new Description(
          parameter.name(),
          parameter.label(),
          parameter.unit(),
          parameter.type().isNumber() ? Type.NUMBER : Type.TEXT,
          true);
    }
  }

  /** Parameters whose columns are declared separately, with display labels. */
  private static final Set<String> DECLARED_SEPARATELY =
      Set.of("architecture", "dataset", "weights");

  private static final List<Parameter<?>> PARAMETERS =
      new TrainExperiment()
          .parameters().stream()
              .filter(parameter -> !DECLARED_SEPARATELY.contains(parameter.name()))
              .toList();

  private static final List<RunColumn> ALL = all();

  /** All columns, in order. */
  static List<RunColumn> list() {
    return ALL;
  }

  /** The column of this name. */
  static Optional<RunColumn> find(String name) {
    return ALL.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private static List<RunColumn> all() {
    List<RunColumn> columns = new ArrayList<>();
    columns.add(
        new RunColumn(
            Description.of("run", "Run", Type.NUMBER),
            run -> Optional.of(Key.of((double) run.id())),
            Column.of("run", "Run", Role.NAME, run -> Optional.of(run.id()))));
    columns.add(
        new RunColumn(
            Description.of("network", "Network", Type.TEXT),
            run -> Optional.of(Key.of(run.label())),
            AccuracyColumns.network(ListedRun::architecture, ListedRun::label)));
    columns.add(
        new RunColumn(
            new Description(
                "receptiveField", "Receptive field", Optional.of("px"), Type.NUMBER, false),
            run ->
                Optional.of(
                    Key.of(
                        run.receptiveField()
                            .map(Integer::doubleValue)
                            .orElse(Double.POSITIVE_INFINITY))),
            AccuracyColumns.receptiveField(ListedRun::receptiveField)));
    columns.add(text("dataset", "Data set", Role.SETTING, ListedRun::dataset));
    columns.add(text("regime", "Regime", Role.SETTING, run -> Optional.of(run.regime())));
    columns.add(text("weights", "Starting weights", Role.SETTING, ListedRun::weights));
    columns.add(text("lab", "Lab", Role.SETTING, ListedRun::lab));
    PARAMETERS.forEach(parameter -> columns.add(parameter(parameter)));
    columns.add(accuracy("validation", "Validation", ListedRun::validation));
    columns.add(accuracy("test", "Test", ListedRun::test));
    columns.add(accuracy("scrambled", "Scrambled", ListedRun::scrambled));
    columns.add(
        new RunColumn(
            Description.of("converged", "Still improving at the end", Type.FLAG),
            run -> run.converged().map(yes -> Key.of(yes ? 1 : 0)),
            Column.<ListedRun>of(
                    "converged", "Still improving at the end", Role.VALUE, ListedRun::converged)
                .shownAs(run -> run.converged().map(yes -> yes ? "no" : "yes"))));
    columns.add(
        text(
            "trouble",
            "Trouble",
            Role.VALUE,
            run -> run.trouble().map(trouble -> Json.MAPPER.convertValue(trouble, String.class))));
    columns.add(
        new RunColumn(
            Description.of("seconds", "Duration", Type.SECONDS),
            run -> run.seconds().map(Key::of),
            Column.<ListedRun>of("seconds", "Duration (s)", Role.VALUE, ListedRun::seconds)
                .shownAs(run -> run.seconds().map("%.0f"::formatted))));
    columns.add(
        new RunColumn(
            Description.of("deviceSeconds", "Device time", Type.SECONDS),
            run -> run.deviceSeconds().map(Key::of),
            Column.<ListedRun>of(
                    "deviceSeconds", "Device time (s)", Role.VALUE, ListedRun::deviceSeconds)
                .shownAs(run -> run.deviceSeconds().map("%.0f"::formatted))));
    columns.add(bytes("peakMemory", "Peak memory", ListedRun::peakMemory));
    columns.add(bytes("peakDeviceMemory", "Peak GPU memory", ListedRun::peakDeviceMemory));
    columns.add(number("joules", "Energy", "J", ListedRun::joules));
    columns.add(number("imagesPerSecond", "Speed", "images/s", ListedRun::imagesPerSecond));
    columns.add(
        new RunColumn(
            Description.of("endedAt", "Finished", Type.INSTANT),
            run -> Optional.of(Key.of((double) run.endedAt().toEpochMilli())),
            Column.of(
                "endedAt",
                "Finished",
                Role.VALUE,
                run -> Optional.of(run.endedAt().truncatedTo(ChronoUnit.SECONDS)))));
    columns.add(list("sweeps", "Sweep", ListedRun::sweeps));
    columns.add(list("tags", "Tags", ListedRun::tags));
    columns.add(note());
    return List.copyOf(columns);
  }

  private static RunColumn text(
      String name, String label, Role role, Function<ListedRun, Optional<String>> value) {
    return new RunColumn(
        Description.of(name, label, Type.TEXT),
        run -> value.apply(run).map(Key::of),
        Column.of(name, label, role, value::apply));
  }

  private static RunColumn bytes(
      String name, String label, Function<ListedRun, Optional<Long>> value) {
    return new RunColumn(
        Description.of(name, label, Type.BYTES),
        run -> value.apply(run).map(size -> Key.of((double) size)),
        Column.<ListedRun>of(name, label + " (MB)", Role.VALUE, value::apply)
            .shownAs(run -> value.apply(run).map(size -> "%.0f".formatted(size / 1e6))));
  }

  private static RunColumn number(
      String name, String label, String unit, Function<ListedRun, Optional<Double>> value) {
    return new RunColumn(
        new Description(name, label, Optional.of(unit), Type.NUMBER, false),
        run -> value.apply(run).map(Key::of),
        Column.<ListedRun>of(name, "%s (%s)".formatted(label, unit), Role.VALUE, value::apply)
            .shownAs(run -> value.apply(run).map(each -> "%.1f".formatted(each))));
  }

  /** The column of notes. In tables for users, it joins the lines of a note. */
  private static RunColumn note() {
    return new RunColumn(
        Description.of("note", "Note", Type.TEXT),
        run -> run.note().map(Key::of),
        Column.<ListedRun>of("note", "Note", Role.VALUE, ListedRun::note)
            .shownAs(run -> run.note().map(note -> note.strip().replaceAll("\\s+", " "))));
  }

  private static RunColumn list(
      String name, String label, Function<ListedRun, List<String>> values) {
    Function<ListedRun, Optional<String>> joined =
        run ->
            values.apply(run).isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" ", values.apply(run)));
    return new RunColumn(
        Description.of(name, label, Type.LIST),
        run -> joined.apply(run).map(Key::of),
        Column.of(name, label, Role.VALUE, joined::apply));
  }

  private static RunColumn parameter(Parameter<?> parameter) {
    Function<ListedRun, Optional<JsonNode>> value =
        run -> Optional.ofNullable(run.parameters().get(parameter.name()));
    return new RunColumn(
        Description.of(parameter),
        run ->
            value
                .apply(run)
                .map(json -> json.isNumber() ? Key.of(json.doubleValue()) : Key.of(json.asText())),
        Column.of(
            parameter.name(),
            parameter.label() + parameter.unit().map(" (%s)"::formatted).orElse(""),
            Role.SETTING,
            run -> value.apply(run).map(RunColumn::plain).or(() -> absent(parameter, run))));
  }

  /**
   * The word for a missing value. Only trainings have one, since the settings of imported networks
   * are unknown.
   */
  private static Optional<String> absent(Parameter<?> parameter, ListedRun run) {
    return run.trained() ? parameter.type().absent() : Optional.empty();
  }

  private static String plain(JsonNode value) {
    return value.isFloatingPointNumber() ? Decimal.plain(value.doubleValue()) : value.asText();
  }

  private static RunColumn accuracy(
      String name, String label, Function<ListedRun, Optional<ListedRun.Accuracy>> value) {
    return new RunColumn(
        Description.of(name, label, Type.SHARE),
        run -> value.apply(run).map(found -> Key.of(found.accuracy())),
        new Column<>(
            AccuracyColumns.inPercent(label),
            Role.VALUE,
            List.of(
                field(name, value, ListedRun.Accuracy::accuracy),
                field(name + "Low", value, ListedRun.Accuracy::low),
                field(name + "High", value, ListedRun.Accuracy::high),
                field(name + "Images", value, ListedRun.Accuracy::images)),
            run ->
                value
                    .apply(run)
                    .map(
                        found ->
                            "%s (%s–%s)"
                                .formatted(
                                    percent(found.accuracy()),
                                    percent(found.low()),
                                    percent(found.high())))));
  }

  private static String percent(double share) {
    return AccuracyColumns.percent(share, AccuracyColumns.DIGITS);
  }

  private static Field<ListedRun> field(
      String name,
      Function<ListedRun, Optional<ListedRun.Accuracy>> value,
      Function<ListedRun.Accuracy, Object> part) {
    return new Field<>(name, run -> value.apply(run).map(part));
  }

  /** Its name in requests. */
  String name() {
    return description.name();
  }

  /** Whether it is a parameter of trainings. */
  boolean isParameter() {
    return description.parameter();
  }

  /**
   * The keys to which a value that a user wants is compared: each name of a list, and the label of
   * a network as well as its architecture.
   */
  List<Key> keys(ListedRun run) {
    return switch (name()) {
      case "network" -> List.of(Key.of(run.label()), Key.of(run.architecture()));
      case "sweeps" -> run.sweeps().stream().map(Key::of).toList();
      case "tags" -> run.tags().stream().map(Key::of).toList();
      default -> key.apply(run).stream().toList();
    };
  }

  /** A row with its sort key, which is computed once instead of in each comparison. */
  private record Placed<T>(T row, Optional<Key> key) {}

  /** Sorts runs by this column. Runs without a value come last in both directions. */
  List<ListedRun> sorted(List<ListedRun> runs, boolean descending) {
    return sorted(runs, key, descending);
  }

  /** Sorts rows by their keys. Rows without one come last in both directions. */
  static <T> List<T> sorted(List<T> rows, Function<T, Optional<Key>> keyOf, boolean descending) {
    Comparator<Key> keys = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    Comparator<Placed<T>> order =
        (one, other) ->
            one.key().isEmpty() || other.key().isEmpty()
                ? Boolean.compare(one.key().isEmpty(), other.key().isEmpty())
                : keys.compare(one.key().get(), other.key().get());
    return rows.stream()
        .map(row -> new Placed<>(row, keyOf.apply(row)))
        .sorted(order)
        .map(Placed::row)
        .toList();
  }

  /** The distinct values of this parameter among the runs, sorted, up to a maximum number. */
  List<JsonNode> parameterValues(List<ListedRun> runs, int most) {
    Map<JsonNode, ListedRun> found = new LinkedHashMap<>();
    for (ListedRun run : runs) {
      Optional.ofNullable(run.parameters().get(name()))
          .ifPresent(value -> found.putIfAbsent(value, run));
    }
    return sorted(List.copyOf(found.values()), false).stream()
        .flatMap(run -> Optional.ofNullable(run.parameters().get(name())).stream())
        .limit(most)
        .toList();
  }

  /** Whether two of these runs have different values. */
  boolean varies(List<ListedRun> runs) {
    Function<ListedRun, Optional<?>> value = column.fields().get(0).value();
    return runs.stream().map(value).distinct().limit(2).count() > 1;
  }
}
