package org.bagnetlab.server.results.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.table.Table;

/**
 * A page of a list of runs.
 *
 * @param runs the runs of this page; of a page of configurations, all of their runs
 * @param total number of runs in the list
 * @param columns the available columns
 * @param varying names of the columns in which the runs of the whole list differ
 * @param datasets data sets to choose from. Like the choices after it, they are those of all runs,
 *     or of the runs of the chosen sweep
 * @param sweeps the sweeps of all runs
 * @param parameters the parameters in which these runs differ
 * @param configurations the configurations of this page, if the runs are grouped by them
 */
public record RunPage(
    List<ListedRun> runs,
    long total,
    List<RunColumn.Description> columns,
    List<String> varying,
    List<String> datasets,
    List<Choice> networks,
    List<String> sweeps,
    List<String> tags,
    List<Values> parameters,
    Optional<Groups> configurations) {

  /** A network to filter by. */
  record Choice(String architecture, String label) {}

  /** A parameter of trainings with the values that occur in runs, in ascending order. */
  record Values(String name, List<JsonNode> values) {}

  /**
   * Configurations of runs.
   *
   * @param page those of this page
   * @param total number of configurations in the list
   */
  record Groups(List<RunGroup> page, long total) {}

  /**
   * Maximum number of values in a list to choose from. With more values, as after a random search,
   * no list is shown.
   */
  private static final int MOST_VALUES = 200;

  private static final String DESCENDING = "-";

  /** Filters and sorts the runs, and returns one page of them. */
  public static RunPage of(List<ListedRun> all, RunFilter filter) {
    List<ListedRun> accepted = all.stream().filter(filter::accepts).toList();
    List<ListedRun> list = filter.sort().map(sort -> sorted(accepted, sort)).orElse(accepted);
    return of(all, accepted, filter, cut(list, filter), Optional.empty());
  }

  /** Filters the runs, groups them by configuration, and returns one page of the groups. */
  public static RunPage grouped(List<ListedRun> all, RunFilter filter, RunGrouping grouping) {
    List<ListedRun> accepted = all.stream().filter(filter::accepts).toList();
    Map<Long, ListedRun> byId =
        accepted.stream().collect(Collectors.toMap(ListedRun::id, Function.identity()));
    List<RunGroup> found = grouping.of(accepted);
    List<RunGroup> groups = filter.sort().map(sort -> sorted(found, byId, sort)).orElse(found);
    List<RunGroup> page = cut(groups, filter).stream().map(grouping::withCurve).toList();
    return of(
        all,
        accepted,
        filter,
        page.stream()
            .flatMap(group -> group.runs().stream())
            .flatMap(run -> Optional.ofNullable(byId.get(run)).stream())
            .toList(),
        Optional.of(new Groups(page, groups.size())));
  }

  private static <T> List<T> cut(List<T> rows, RunFilter filter) {
    int begin = Math.min(filter.offset(), rows.size());
    int end = (int) Math.min(rows.size(), (long) begin + filter.limit());
    return List.copyOf(rows.subList(begin, end));
  }

  private static RunPage of(
      List<ListedRun> all,
      List<ListedRun> accepted,
      RunFilter filter,
      List<ListedRun> page,
      Optional<Groups> configurations) {
    // If a sweep is chosen, only values that occur in its runs can be chosen.
    List<ListedRun> around =
        filter.sweep().isEmpty()
            ? all
            : all.stream().filter(run -> run.sweeps().contains(filter.sweep().get())).toList();
    TreeMap<String, String> networks = new TreeMap<>();
    around.forEach(run -> networks.put(run.architecture(), run.label()));
    return new RunPage(
        page,
        accepted.size(),
        RunColumn.list().stream().map(RunColumn::description).toList(),
        RunColumn.list().stream()
            .filter(column -> column.varies(accepted))
            .map(RunColumn::name)
            .toList(),
        names(around, run -> run.dataset().stream()),
        networks.entrySet().stream()
            .map(network -> new Choice(network.getKey(), network.getValue()))
            .sorted(Comparator.comparing(network -> RunColumn.Key.of(network.label())))
            .toList(),
        names(all, run -> run.sweeps().stream()),
        names(around, run -> run.tags().stream()),
        RunColumn.list().stream()
            .filter(RunColumn::isParameter)
            .map(column -> new Values(column.name(), column.parameterValues(around, MOST_VALUES)))
            .filter(parameter -> parameter.values().size() > 1)
            .toList(),
        configurations);
  }

  /** Whether this is the name of a column, with or without a leading minus. */
  public static boolean sorts(String sort) {
    return column(sort).isPresent();
  }

  /** Whether there is a column with this name. */
  public static boolean hasColumn(String name) {
    return RunColumn.find(name).isPresent();
  }

  /** The names of all columns. */
  public static List<String> columnNames() {
    return RunColumn.list().stream().map(RunColumn::name).toList();
  }

  private static Optional<RunColumn> column(String sort) {
    return RunColumn.find(sort.startsWith(DESCENDING) ? sort.substring(DESCENDING.length()) : sort);
  }

  private static List<ListedRun> sorted(List<ListedRun> runs, String sort) {
    return column(sort)
        .map(column -> column.sorted(runs, sort.startsWith(DESCENDING)))
        .orElse(runs);
  }

  /** Sorts by means where the column has accuracies, otherwise by the newest counted run. */
  private static List<RunGroup> sorted(
      List<RunGroup> groups, Map<Long, ListedRun> byId, String sort) {
    return column(sort)
        .map(
            column ->
                RunColumn.sorted(
                    groups,
                    group ->
                        column.description().type() == RunColumn.Type.SHARE
                            ? group.mean(column)
                            : Optional.ofNullable(byId.get(group.typical())).flatMap(column.key()),
                    sort.startsWith(DESCENDING)))
        .orElse(groups);
  }

  private static List<String> names(
      Collection<ListedRun> runs, Function<ListedRun, Stream<String>> names) {
    return List.copyOf(new TreeSet<>(runs.stream().flatMap(names).toList()));
  }

  /** The names of the parameters in which the runs of the whole list differ. */
  public List<String> varyingParameters() {
    return columns.stream()
        .filter(RunColumn.Description::parameter)
        .map(RunColumn.Description::name)
        .filter(varying::contains)
        .toList();
  }

  /** The first runs of this page. */
  public RunPage first(int most) {
    return new RunPage(
        runs.subList(0, Math.min(most, runs.size())),
        total,
        columns,
        varying,
        datasets,
        networks,
        sweeps,
        tags,
        parameters,
        configurations);
  }

  /**
   * A table of the runs, with the requested columns or all columns.
   *
   * @param dataset the data set to which the list is limited; empty for all
   */
  public static Table<ListedRun> table(RunPage page, Optional<String> dataset, RunFilter filter) {
    return table(page, dataset, filter, filter.columns());
  }

  /** The same with other columns than the requested ones. */
  public static Table<ListedRun> table(
      RunPage page, Optional<String> dataset, RunFilter filter, List<String> wanted) {
    return new Table<>(
        "runs",
        "Runs"
            + dataset.map(" on %s"::formatted).orElse("")
            + filter.sweep().map(" of the sweep %s"::formatted).orElse(""),
        (wanted.isEmpty() ? RunColumn.list().stream() : columns(wanted))
            .map(RunColumn::column)
            .toList(),
        page.runs(),
        List.of(
            "In brackets: 95 % intervals over the images of one run, without variation between seeds."));
  }

  private static Stream<RunColumn> columns(List<String> names) {
    return names.stream().flatMap(name -> RunColumn.find(name).stream());
  }
}
