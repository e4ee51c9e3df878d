package org.bagnetlab.queue.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianStoppingTests {

  private static final MedianStopping RULE = new MedianStopping(2, 3);

  @Test
  void theMedianIsThatOfAnOddOrAnEvenNumber() {
    assertThat(RULE.median(List.of(.4, .2, .3)).orElseThrow()).isCloseTo(.3, within(1e-9));
    assertThat(RULE.median(List.of(.5, .1, .4, .2)).orElseThrow()).isCloseTo(.3, within(1e-9));
  }

  @Test
  void thereIsNoneOfTooFewTrials() {
    assertThat(RULE.median(List.of(.1, .2))).isEmpty();
  }
}
