package org.bagnetlab.vision.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.api.Test;

/** What every engine must hold to: the report's way to draw heatmaps, step by step. */
public abstract class ReportHeatmapContract {

  private static final int LABEL = 2;
  private static final int SIZE = 40;
  private static final int BORDER = 4;

  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};

  /** The engine that computes the heatmaps. */
  protected abstract Engine engine();

  private Network bagnet9() {
    return engine()
        .compile(Architectures.named("bagnet9").build(5, 0.125, SIZE), Optimiser.ADAM, 3);
  }

  private static Pixels noise() {
    byte[] values = new byte[3 * SIZE * SIZE];
    new Random(7).nextBytes(values);
    return new Pixels(SIZE, SIZE, 3, values);
  }

  /** What the first layer got in the report. */
  private static Batch twiceNormalised(Pixels image) {
    float[] values = new float[3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      int channel = i / (SIZE * SIZE);
      int level = image.at(i / SIZE % SIZE, i % SIZE, channel);
      double once = (level / 255.0 - MEAN[channel]) / DEVIATION[channel];
      values[i] = (float) ((once / 255.0 - MEAN[channel]) / DEVIATION[channel]);
    }
    return new Batch(values, 1, 3, SIZE, SIZE);
  }

  @Test
  void normalisesTwiceStandardisesAndCutsOffTheBorder() {
    try (Network network = bagnet9()) {
      for (int stride : new int[] {1, 8}) {
        Heatmap whole = Heatmap.of(network, twiceNormalised(noise()), LABEL, stride, done -> {});
        double squares = 0;
        for (float value : whole.values()) {
          squares += value * value;
        }
        double mean = whole.mean();
        double deviation = Math.sqrt(squares / whole.values().length - mean * mean);
        Heatmap report = ReportHeatmap.of(network, noise(), LABEL, stride, done -> {});
        int first = BORDER % stride;
        int side = (int) Math.ceil((SIZE - 2.0 * BORDER) / stride);
        assertThat(report.height()).isEqualTo(side);
        assertThat(report.width()).isEqualTo(side);
        for (int i = 0; i < side * side; i++) {
          int row = (BORDER - first) / stride + i / side;
          int column = (BORDER - first) / stride + i % side;
          double logit = whole.values()[row * whole.width() + column];
          // Float logits, whose spread is about a hundredth: single precision over it.
          assertThat((double) report.values()[i])
              .isCloseTo((logit - mean) / deviation, within(1e-3));
        }
      }
    }
  }

  @Test
  void anImageThatIsAllBorderIsRefused() {
    try (Network network = bagnet9()) {
      Pixels small = new Pixels(8, 8, 1, new byte[64]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ReportHeatmap.of(network, small, LABEL, 1, done -> {}))
          .withMessageContaining("larger than 8 pixels, but is 8");
    }
  }
}
