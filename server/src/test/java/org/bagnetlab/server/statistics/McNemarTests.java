package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTests {

  /** SciPy 1.17: {@code scipy.stats.binomtest(min(b, c), b + c, 0.5).pvalue}. */
  @ParameterizedTest
  @CsvSource({
    "10, 25, 0.016673847800120715",
    "0, 5, 0.0625",
    "7, 7, 1",
    "121, 86, 0.017905614973719838"
  })
  void equalsSciPy(int onlyFirst, int onlySecond, double p) {
    assertThat(new McNemar(800, onlyFirst, onlySecond, 50).exactP()).isCloseTo(p, within(1e-12));
    assertThat(new McNemar(3, onlySecond, onlyFirst, 0).exactP()).isCloseTo(p, within(1e-12));
  }

  @Test
  void networksThatNeverDisagreeDoNotDiffer() {
    McNemar same = new McNemar(70, 0, 0, 30);
    assertThat(same.exactP()).isEqualTo(1);
    assertThat(same.difference()).isZero();
    assertThat(same.images()).isEqualTo(100);
  }
}
