package org.bagnetlab.worker.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bagnetlab.experiment.evidence.PointGrid;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.worker.engine.LocalEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EvidencePointsTests {

  @ParameterizedTest
  @CsvSource({"64, 8, 4", "96, 16, 4", "224, 24, 8", "33, 1, 8"})
  void theyAreTheSameForEveryField(int image, int side, int distance) {
    for (int field : new int[] {9, 17, 33}) {
      EvidencePoints points = new EvidencePoints(field, 8, image);
      assertThat(points.side()).isEqualTo(side);
      assertThat(points.distance()).isEqualTo(distance);
      int last = points.first() + (side - 1) * distance;
      assertThat(last + (PointGrid.LARGEST_FIELD - 1) / 2).isLessThan(image);
    }
  }

  /** A patch alone, whose centre is at the point, gives the same logit. */
  @ParameterizedTest
  @ValueSource(ints = {9, 17, 33})
  void theLogitIsThatOfThePatchAroundThePoint(int field) {
    try (Network network =
        LocalEngine.start()
            .compile(Architectures.named("bagnet" + field).build(3, .03, 64), Optimiser.ADAM, 1)) {
      Random random = new Random(1);
      float[] values = new float[2 * 3 * 64 * 64];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      EvidencePoints points = new EvidencePoints(field, 8, 64);
      double[][] logits = points.logits(network, new Batch(values, 2, 3, 64, 64), new int[] {2, 1});
      int row = 3;
      int column = 6;
      float[] patch = new float[3 * field * field];
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < field; y++) {
          for (int x = 0; x < field; x++) {
            int top = points.first() + row * points.distance() - (field - 1) / 2 + y;
            int left = points.first() + column * points.distance() - (field - 1) / 2 + x;
            patch[(channel * field + y) * field + x] =
                values[((3 + channel) * 64 + top) * 64 + left];
          }
        }
      }
      float expected = network.logitMap(new Batch(patch, 1, 3, field, field)).at(0, 1, 0, 0);
      assertThat(logits[1][row * points.side() + column]).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void largeImagesHaveNoMoreThanOneCropsPoints() {
    assertThat(new EvidencePoints(9, 8, 512).side()).isEqualTo(60);
  }
}
