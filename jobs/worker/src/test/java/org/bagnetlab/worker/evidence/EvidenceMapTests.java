package org.bagnetlab.worker.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bagnetlab.vision.network.LogitMap;
import org.junit.jupiter.api.Test;

class EvidenceMapTests {

  /** Patches of 9 pixels, every 8: centres at 4, 12 and 20. The logit is row + 10 column. */
  private static EvidenceMap map() {
    float[] values = new float[9];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 3 + 10 * (i % 3);
    }
    return new EvidenceMap(new LogitMap(values, 1, 1, 3, 3), 9, 8);
  }

  @Test
  void aPointAtTheCentreOfAPatchHasItsLogit() {
    assertThat(map().at(0, 0, 4, 8, 3)).containsExactly(0, 10, 20, 1, 11, 21, 2, 12, 22);
  }

  @Test
  void betweenPatchesItIsLinearAndOutsideTheNearest() {
    double[] between = map().at(0, 0, 8, 8, 2);
    assertThat(between[0]).isCloseTo(5.5, within(1e-12));
    assertThat(between[3]).isCloseTo(16.5, within(1e-12));
    assertThat(map().at(0, 0, 0, 23, 2)).containsExactly(0, 20, 2, 22);
  }
}
