package org.bagnetlab.experiment.request;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in titles and messages. */
public final class Decimal {

  private static final MathContext DIGITS = new MathContext(6);

  private Decimal() {}

  /**
   * Without an exponent, with enough digits to distinguish any two learning rates, however small.
   */
  public static String plain(double value) {
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }
}
