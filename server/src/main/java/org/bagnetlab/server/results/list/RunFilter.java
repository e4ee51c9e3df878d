package org.bagnetlab.server.results.list;

import java.util.List;
import java.util.Optional;

/**
 * Selects and sorts the runs of a list.
 *
 * @param dataset the data set that the runs were measured on
 * @param network an architecture
 * @param sweep the sweep that the runs belong to
 * @param tag a tag of the runs
 * @param converged whether an epoch before the last was at least as good
 * @param parameters parameter values that each run must have
 * @param query selects runs by comparisons and words
 * @param runs ids of runs; empty for any
 * @param sort name of a column; with a leading minus, the largest value comes first
 * @param columns columns of tables, in order; empty for all
 * @param grouped whether a page has configurations instead of runs
 * @param limit maximum number of runs, or of configurations
 * @param offset number of them to skip
 */
public record RunFilter(
    Optional<String> dataset,
    Optional<String> network,
    Optional<String> sweep,
    Optional<String> tag,
    Optional<Boolean> converged,
    List<ParameterValue> parameters,
    RunQuery query,
    List<Long> runs,
    Optional<String> sort,
    List<String> columns,
    boolean grouped,
    int limit,
    int offset) {

  /** All runs, the newest first. */
  public static final RunFilter ALL =
      new RunFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          RunQuery.ANY,
          List.of(),
          Optional.empty(),
          List.of(),
          false,
          Integer.MAX_VALUE,
          0);

  boolean accepts(ListedRun run) {
    return isOrAny(dataset, run.dataset())
        && isOrAny(network, Optional.of(run.architecture()))
        && (sweep.isEmpty() || run.sweeps().contains(sweep.get()))
        && (tag.isEmpty() || run.tags().contains(tag.get()))
        && (converged.isEmpty() || run.converged().equals(converged))
        && parameters.stream().allMatch(parameter -> parameter.isOf(run))
        && (runs.isEmpty() || runs.contains(run.id()))
        && query.accepts(run);
  }

  private static boolean isOrAny(Optional<String> wanted, Optional<String> value) {
    return wanted.isEmpty() || wanted.equals(value);
  }
}
