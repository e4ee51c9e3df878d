package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTests {

  /** R 4: {@code p.adjust(c(.01, .04, .03, .005), "holm")}. */
  @Test
  void equalsR() {
    List<Double> adjusted = Holm.adjusted(List.of(.01, .04, .03, .005));
    assertThat(adjusted.get(0)).isCloseTo(.03, within(1e-12));
    assertThat(adjusted.get(1)).isCloseTo(.06, within(1e-12));
    assertThat(adjusted.get(2)).isCloseTo(.06, within(1e-12));
    assertThat(adjusted.get(3)).isCloseTo(.02, within(1e-12));
  }

  @Test
  void oneTestNeedsNoCorrectionAndNothingExceedsOne() {
    assertThat(Holm.adjusted(List.of(.04))).containsExactly(.04);
    assertThat(Holm.adjusted(List.of(.6, .7))).containsExactly(1.0, 1.0);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }
}
