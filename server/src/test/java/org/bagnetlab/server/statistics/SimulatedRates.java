package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A file of shares of simulated studies: each row has what it is of, the share, and the number of
 * studies. {@code -Dbagnetlab.update=true} writes it again.
 *
 * @param file the CSV file
 * @param head its first line, which ends in {@code rate,studies}
 */
public record SimulatedRates(Path file, String head) {

  /** Standard errors by which two simulations may differ: a file has hundreds of rows. */
  private static final double TOLERANCE = 5;

  /** One row. */
  public record Rate(String of, double rate, int studies) {

    static Rate read(String line) {
      String[] parts = line.split("(?=,[^,]*,[^,]*$)|,(?=[^,]*$)", -1);
      return new Rate(
          parts[0], Double.parseDouble(parts[1].substring(1)), Integer.parseInt(parts[2]));
    }

    String line() {
      return String.format(Locale.ROOT, "%s,%.4f,%d", of, rate, studies);
    }

    /** Of a share that is no larger than a level, by as much as it may seem to be. */
    public double above(double level) {
      return rate - level - 3 * Math.sqrt(level * (1 - level) / studies);
    }

    boolean agreesWith(Rate other) {
      double common = (rate * studies + other.rate * other.studies + 1) / (studies + other.studies);
      double error = Math.sqrt(common * (1 - common) * (1.0 / studies + 1.0 / other.studies));
      return Math.abs(rate - other.rate) < TOLERANCE * error;
    }
  }

  /** Whether the file is to be written. */
  public static boolean updated() {
    return Boolean.getBoolean("bagnetlab.update");
  }

  /** Writes all rows. */
  public void write(Stream<Rate> rates) {
    try {
      Files.write(file, Stream.concat(Stream.of(head), rates.map(Rate::line)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its rows. */
  public List<Rate> stored() {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).map(Rate::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks that rows that were simulated again, with other numbers, are as before. */
  public void assertAgree(Stream<Rate> again) {
    List<Rate> stored = stored();
    assertThat(again)
        .isNotEmpty()
        .allSatisfy(
            rate ->
                assertThat(stored)
                    .filteredOn(each -> each.of().equals(rate.of()))
                    .as(rate.line())
                    .hasSize(1)
                    .allMatch(rate::agreesWith));
  }
}
