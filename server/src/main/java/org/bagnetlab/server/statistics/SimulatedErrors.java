package org.bagnetlab.server.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.protocol.Json;

/**
 * Rates of wrong verdicts, and coverage rates of intervals, in simulated studies. The results of
 * seeds are normally distributed, fall into two groups, or are much worse in one of five cases
 * ({@code docs/decisions/0018}). Tests run the simulations and write the files that are read here.
 */
public final class SimulatedErrors {

  /** The minimum coverage at which an interval needs no warning. */
  private static final double GOOD_COVERAGE = 0.9;

  private static final SimulatedErrors READ = new SimulatedErrors();

  /** How often a claim is supported or contradicted although neither is correct. */
  private final List<Rate> verdicts = rates("verdict-errors.csv");

  /** How often the interval of one network contains the mean over all possible seeds. */
  private final List<Rate> intervals = rates("interval-coverage.csv");

  /** Every row of a table asks for its own, and there are few different ones. */
  private final Map<Asked, Optional<String>> cautions = new ConcurrentHashMap<>();

  private SimulatedErrors() {}

  /** What the warning about an interval depends on. */
  private record Asked(Interval.Method method, int seeds) {}

  /**
   * A rate in simulated studies.
   *
   * @param of name of the simulated claim or interval
   * @param seeds number of seeds of each network
   * @param shape the distribution of the seeds
   * @param rate share of the studies
   */
  record Rate(String of, int seeds, String shape, double rate) {}

  /** Reads the simulated rates. */
  public static SimulatedErrors read() {
    return READ;
  }

  private static List<Rate> rates(String name) {
    try (InputStream file =
            Objects.requireNonNull(SimulatedErrors.class.getResourceAsStream(name));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              fields ->
                  new Rate(
                      fields[0],
                      Integer.parseInt(fields[1]),
                      fields[2],
                      Double.parseDouble(fields[3])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rate of wrong verdicts for the least favourable distribution.
   *
   * @param seeds number of seeds in the simulation
   * @param rate share of wrong verdicts
   */
  public record Verdicts(int seeds, double rate) {}

  /**
   * An upper bound on the rate of wrong verdicts.
   *
   * @param claim name of the claim
   * @param seeds number of seeds of each network; if it was not simulated, the next smaller
   *     simulated number is used
   * @return the rate; empty if nothing was simulated for so few seeds, or for this claim
   */
  public Optional<Verdicts> ofVerdict(String claim, int seeds) {
    return simulated(verdicts, claim, seeds).stream()
        .max(Comparator.comparingDouble(Rate::rate))
        .map(worst -> new Verdicts(worst.seeds(), worst.rate()));
  }

  /**
   * A warning about the interval of one network's mean, if such intervals cover the true mean too
   * rarely.
   *
   * @param method how the interval was computed
   * @param seeds number of seeds of the network
   */
  public Optional<String> caution(Interval.Method method, int seeds) {
    return cautions.computeIfAbsent(new Asked(method, seeds), this::caution);
  }

  private Optional<String> caution(Asked asked) {
    List<Rate> rates =
        simulated(intervals, Json.MAPPER.convertValue(asked.method(), String.class), asked.seeds());
    DoubleSummaryStatistics normal = of(rates, true);
    DoubleSummaryStatistics other = of(rates, false);
    return other.getCount() == 0 || other.getMin() >= GOOD_COVERAGE
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "In simulated studies with %d seeds, such an interval contains the mean of all possible seeds in %.0f %% of cases if seeds are distributed normally. If they fall into two groups, or one in five is much worse, it does so in only %.0f to %.0f %%.",
                rates.get(0).seeds(),
                100 * normal.getMin(),
                100 * other.getMin(),
                100 * other.getMax()));
  }

  private static DoubleSummaryStatistics of(List<Rate> rates, boolean normal) {
    return rates.stream()
        .filter(rate -> rate.shape().startsWith("normal") == normal)
        .mapToDouble(Rate::rate)
        .summaryStatistics();
  }

  /** The rates for the largest simulated number of seeds that is not above this one. */
  private static List<Rate> simulated(List<Rate> rates, String of, int seeds) {
    List<Rate> smaller =
        rates.stream().filter(rate -> rate.of().equals(of) && rate.seeds() <= seeds).toList();
    int most = smaller.stream().mapToInt(Rate::seeds).max().orElse(0);
    return smaller.stream().filter(rate -> rate.seeds() == most).toList();
  }
}
