package org.bagnetlab.experiment.request;

import java.math.BigDecimal;
import java.math.MathContext;

/** Formats numbers for titles and messages. */
public final class Decimal {

  private static final MathContext DIGITS = new MathContext(6);

  /** Smaller numbers have an exponent: nobody counts that many zeros. */
  private static final BigDecimal SMALLEST_PLAIN = new BigDecimal("0.0001");

  private Decimal() {}

  /** Formats with enough digits to distinguish any two learning rates: 0.004, 4e-5. */
  public static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
    if (rounded.signum() == 0 || rounded.abs().compareTo(SMALLEST_PLAIN) >= 0) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
