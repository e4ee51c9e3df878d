package org.bagnetlab.server.results.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.bagnetlab.experiment.output.Metric;
import org.junit.jupiter.api.Test;

class NumberWordsTests {

  @Test
  void numbersShowOnWhichSideOfTheirBoundaryTheyAre() {
    assertThat(NumberWords.difference(.0003, Metric.Unit.SHARE)).isEqualTo("+0.03");
    assertThat(NumberWords.difference(-.0000004, Metric.Unit.SHARE)).isEqualTo("−0.00004");
    assertThat(NumberWords.difference(1e-17, Metric.Unit.SHARE)).isEqualTo("0.0");
    assertThat(NumberWords.difference(.02, Metric.Unit.SHARE)).isEqualTo("+2.0");
    assertThat(NumberWords.of(.4998, Metric.Unit.SHARE, .5)).isEqualTo("49.98 %");
    assertThat(NumberWords.of(.00999999, Metric.Unit.NONE, .01)).isEqualTo("0.00999999");
    assertThat(NumberWords.of(.5, Metric.Unit.SHARE, .5)).isEqualTo("50.0 %");
  }
}
