package org.bagnetlab.experiment.request;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in titles and messages. */
public final class Decimal {

  private static final MathContext DIGITS = new MathContext(6);

  private Decimal() {}

  /** Without an exponent, with as many digits as tell two learning rates apart, however small. */
  public static String plain(double value) {
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }
}
