package org.bagnetlab.server.results.list;

import java.util.List;
import java.util.Locale;

/**
 * Selects runs by comparisons of their columns and by words, as in {@code test > 0.9 and width =
 * 0.25}. {@link RunQueryReader} describes the language.
 */
public sealed interface RunQuery {

  /** Selects all runs. */
  RunQuery ANY = new All(List.of());

  /**
   * Parses a query; an empty text selects all runs.
   *
   * @throws IllegalArgumentException with a message that names the place and what is allowed there
   */
  static RunQuery of(String text) {
    return new RunQueryReader(text).read();
  }

  /** Whether it selects this run. */
  boolean accepts(ListedRun run);

  /** Runs that all of the parts select. */
  record All(List<RunQuery> parts) implements RunQuery {
    @Override
    public boolean accepts(ListedRun run) {
      return parts.stream().allMatch(part -> part.accepts(run));
    }
  }

  /** Runs that any of the parts selects. */
  record Any(List<RunQuery> parts) implements RunQuery {
    @Override
    public boolean accepts(ListedRun run) {
      return parts.stream().anyMatch(part -> part.accepts(run));
    }
  }

  /** Runs that the part does not select. */
  record Not(RunQuery part) implements RunQuery {
    @Override
    public boolean accepts(ListedRun run) {
      return !part.accepts(run);
    }
  }

  /** Runs with a text in their title, the name of their network, tags, note or sweeps. */
  record Words(String text) implements RunQuery {
    @Override
    public boolean accepts(ListedRun run) {
      return String.join(
              "\n",
              run.title(),
              run.label(),
              run.architecture(),
              String.join(" ", run.tags()),
              String.join(" ", run.sweeps()),
              run.note().orElse(""))
          .toLowerCase(Locale.ROOT)
          .contains(text.toLowerCase(Locale.ROOT));
    }
  }

  /** Runs without a value in a column. */
  record Absent(RunColumn column) implements RunQuery {
    @Override
    public boolean accepts(ListedRun run) {
      return column.keys(run).isEmpty();
    }
  }

  /**
   * Runs whose value in a column compares with a range of values. Never a run without a value.
   *
   * @param lowest the smallest of these values; a day is the range of its milliseconds, and other
   *     values are ranges of one
   */
  record Compared(RunColumn column, Operator operator, RunColumn.Key lowest, RunColumn.Key highest)
      implements RunQuery {
    @Override
    public boolean accepts(ListedRun run) {
      return column.keys(run).stream()
          .anyMatch(
              key ->
                  switch (operator) {
                    case EQUAL -> key.compareTo(lowest) >= 0 && key.compareTo(highest) <= 0;
                    case LESS -> key.compareTo(lowest) < 0;
                    case AT_MOST -> key.compareTo(highest) <= 0;
                    case MORE -> key.compareTo(highest) > 0;
                    case AT_LEAST -> key.compareTo(lowest) >= 0;
                  });
    }
  }

  /** How a value is compared. Unequal is not equal, so that it holds for runs without a value. */
  enum Operator {
    EQUAL,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST
  }
}
