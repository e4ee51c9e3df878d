package org.bagnetlab.experiment.request;

import java.math.BigDecimal;
import java.math.MathContext;

/** Formats numbers for titles and messages. */
public final class Decimal {

  private static final MathContext DIGITS = new MathContext(6);

  private Decimal() {}

  /** Formats without an exponent, and with enough digits to distinguish any two learning rates. */
  public static String plain(double value) {
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }
}
