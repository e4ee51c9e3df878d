package org.bagnetlab.server.configuration;

import java.util.Optional;
import org.bagnetlab.server.results.run.Pooling;

/**
 * The section about tables.
 *
 * @param pool {@code by-code}, with which only runs of the same code are averaged, or {@code
 *     across-code}
 */
public record ResultsSection(Optional<String> pool) {

  private static final String BY_CODE = "by-code";
  private static final String ACROSS_CODE = "across-code";

  /** Checks the value. */
  public ResultsSection {
    pool.ifPresent(ResultsSection::named);
  }

  /** Which runs are averaged. */
  public Pooling pooled() {
    return pool.map(ResultsSection::named).orElse(Pooling.BY_CODE);
  }

  private static Pooling named(String name) {
    return switch (name) {
      case BY_CODE -> Pooling.BY_CODE;
      case ACROSS_CODE -> Pooling.ACROSS_CODE;
      default ->
          throw new IllegalArgumentException(
              "pool must be %s or %s, but is '%s'".formatted(BY_CODE, ACROSS_CODE, name));
    };
  }
}
