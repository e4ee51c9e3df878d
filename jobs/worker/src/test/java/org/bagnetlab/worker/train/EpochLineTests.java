package org.bagnetlab.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.bagnetlab.vision.training.EpochSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EpochLineTests {

  @Test
  void anEpochIsALine() {
    EpochSummary epoch =
        new EpochSummary(2, 0.004, 1.25, 0.5, 0, 1200, Double.NaN, 0.345, true, 12.3);
    assertThat(EpochLine.of(epoch, 6))
        .isEqualTo(
            "Epoch 2 of 6, 12.3 s: training loss 1.2500, accuracy 50.0 %; validation loss NaN, "
                + "accuracy 34.5 %; learning rate 0.00400; best so far");
  }
}
