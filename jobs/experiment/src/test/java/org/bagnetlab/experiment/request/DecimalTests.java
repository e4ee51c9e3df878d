package org.bagnetlab.experiment.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTests {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.004, 0.004",
    "0.0001, 0.0001",
    "4e-5, 4e-5",
    "1.21e-5, 1.21e-5",
    "1e-8, 1e-8",
    "-2.5e-7, -2.5e-7",
    "1000, 1000",
    "0.1, 0.1"
  })
  void aSmallNumberHasAnExponent(double number, String text) {
    assertThat(Decimal.plain(number)).isEqualTo(text);
  }
}
