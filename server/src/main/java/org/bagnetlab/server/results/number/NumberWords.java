package org.bagnetlab.server.results.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.bagnetlab.experiment.output.Metric.Unit;

/** Writes numbers in sentences, as the dashboard writes them: 40.0 %, 1,200, 0.93. */
final class NumberWords {

  private NumberWords() {}

  /** A number, without a sign if it rounds to zero. */
  static String of(double value, Unit unit) {
    return switch (unit) {
      case SHARE -> written("%.1f", 100 * value) + " %";
      case CORRELATION -> written("%.2f", value);
      case NATS, NONE -> small(value) ? exact(value) : written("%.2f", value);
      case COUNT -> written("%,.0f", value);
      case PIXELS -> written("%.1f", value) + " px";
    };
  }

  /** A difference with its sign; of shares, in points. */
  static String difference(double value, Unit unit) {
    String size = unit == Unit.SHARE ? written("%.1f", 100 * value) : of(value, unit);
    return value > 0 && size.chars().anyMatch(digit -> digit > '0' && digit <= '9')
        ? "+" + size
        : size;
  }

  /** A boundary, with the digits that it has: 50 %, 0.995. */
  static String boundary(double value, Unit unit) {
    return unit == Unit.SHARE ? exact(100 * value) + " %" : exact(value);
  }

  private static boolean small(double value) {
    return value != 0 && Math.abs(value) < 0.1;
  }

  /** With at most three significant digits, and an exponent if it is very small. */
  private static String exact(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
    return (value != 0 && Math.abs(value) < 1e-4
            ? String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-")
            : rounded.toPlainString())
        .replaceFirst("^-", "−");
  }

  private static String written(String format, double value) {
    String words = String.format(Locale.ROOT, format, value);
    return words.chars().anyMatch(digit -> digit > '0' && digit <= '9')
        ? words.replace('-', '−')
        : words.replace("-", "");
  }
}
