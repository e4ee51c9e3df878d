package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A row of a table with what was measured of a network, what the report has of it, or both.
 *
 * @param <M> what was measured
 * @param <P> what was published
 */
public record BesidePublished<M, P>(Optional<M> measured, Optional<P> published) {

  /**
   * All that was measured in its order, then the networks that were only published.
   *
   * @param ofMeasured its architecture
   * @param ofPublished its architecture
   * @param alone whether those that were only published are shown
   */
  public static <M, P> List<BesidePublished<M, P>> of(
      List<M> measured,
      Function<M, String> ofMeasured,
      List<P> published,
      Function<P, String> ofPublished,
      boolean alone) {
    Stream<BesidePublished<M, P>> first =
        measured.stream()
            .map(
                row ->
                    new BesidePublished<>(
                        Optional.of(row),
                        published.stream()
                            .filter(other -> ofPublished.apply(other).equals(ofMeasured.apply(row)))
                            .findFirst()));
    Stream<BesidePublished<M, P>> others =
        published.stream()
            .filter(
                other ->
                    alone
                        && measured.stream()
                            .noneMatch(
                                row -> ofMeasured.apply(row).equals(ofPublished.apply(other))))
            .map(other -> new BesidePublished<>(Optional.empty(), Optional.of(other)));
    return Stream.concat(first, others).toList();
  }

  /** Reads what both have. */
  public <T> T either(Function<M, T> ofMeasured, Function<P, T> ofPublished) {
    return measured.map(ofMeasured).or(() -> published.map(ofPublished)).orElseThrow();
  }
}
