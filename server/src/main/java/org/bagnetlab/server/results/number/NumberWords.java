package org.bagnetlab.server.results.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.bagnetlab.experiment.output.Metric.Unit;

/** Writes numbers in sentences, as the dashboard writes them: 40.0 %, 1,200, 0.93. */
final class NumberWords {

  private NumberWords() {}

  /** The most digits that are added to show on which side of a boundary a number is. */
  private static final int MOST_MORE = 6;

  /** A number, without a sign if it rounds to zero. */
  static String of(double value, Unit unit) {
    return withDigits(value, unit, 0);
  }

  /** A number with as many digits as it takes to be on the same side of a boundary as it is. */
  static String of(double value, Unit unit, double boundary) {
    return withDigits(value, unit, more(value, unit, boundary));
  }

  /** A difference with its sign, and with the digits that show it; of shares, in points. */
  static String difference(double value, Unit unit) {
    int more = more(value, unit, 0);
    String size = unit == Unit.SHARE ? fixed(100 * value, 1 + more) : withDigits(value, unit, more);
    return value > 0 && size.chars().anyMatch(digit -> digit > '0' && digit <= '9')
        ? "+" + size
        : size;
  }

  private static String withDigits(double value, Unit unit, int more) {
    return switch (unit) {
      case SHARE -> fixed(100 * value, 1 + more) + " %";
      case CORRELATION -> fixed(value, 2 + more);
      case NATS, NONE -> small(value) ? exact(value, 3 + more) : fixed(value, 2 + more);
      case COUNT -> fixed(value, more);
      case PIXELS -> fixed(value, 1 + more) + " px";
    };
  }

  /** How many digits a number needs in addition to the usual ones; none if even many do not do. */
  private static int more(double value, Unit unit, double boundary) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal at = BigDecimal.valueOf(boundary);
    for (int more = 0; more <= MOST_MORE; more++) {
      if (rounded(exact, unit, more).compareTo(at) == exact.compareTo(at)) {
        return more;
      }
    }
    return 0;
  }

  private static BigDecimal rounded(BigDecimal exact, Unit unit, int more) {
    int places =
        switch (unit) {
          case SHARE -> 3;
          case CORRELATION, NATS, NONE -> 2;
          case PIXELS -> 1;
          case COUNT -> 0;
        };
    return (unit == Unit.NATS || unit == Unit.NONE) && small(exact.doubleValue())
        ? exact.round(new MathContext(3 + more))
        : exact.setScale(places + more, RoundingMode.HALF_UP);
  }

  /** A boundary, with the digits that it has: 50 %, 0.995. */
  static String boundary(double value, Unit unit) {
    return unit == Unit.SHARE ? exact(100 * value, 3) + " %" : exact(value, 3);
  }

  private static boolean small(double value) {
    return value != 0 && Math.abs(value) < 0.1;
  }

  /** With at most so many significant digits, and an exponent if it is very small. */
  private static String exact(double value, int digits) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).round(new MathContext(digits)).stripTrailingZeros();
    return (value != 0 && Math.abs(value) < 1e-4
            ? String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-")
            : rounded.toPlainString())
        .replaceFirst("^-", "−");
  }

  private static String fixed(double value, int places) {
    String words = String.format(Locale.ROOT, "%,." + places + "f", value);
    return words.chars().anyMatch(digit -> digit > '0' && digit <= '9')
        ? words.replace('-', '−')
        : words.replace("-", "");
  }
}
