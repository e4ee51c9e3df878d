package org.bagnetlab.server.message.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.bagnetlab.server.message.content.AccuracyChart.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AccuracyChartTests {

  private static final int MEASURED_MID = 0xff6fa5bc;
  private static final int MEASURED = 0xff0d5372;

  private static BufferedImage image(List<Row> rows) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(AccuracyChart.png("Test accuracy", rows)));
  }

  /** The number of pixels with a color between two rows of the image. */
  private static long count(BufferedImage image, int color, int top, int bottom) {
    long found = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        found += image.getRGB(x, y) == color ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void aBarIsAsLongAsItsAccuracy() throws Exception {
    BufferedImage image =
        image(List.of(new Row("BagNet-33", List.of(.8)), new Row("BagNet-9", List.of(.4))));
    assertThat(image.getWidth()).isEqualTo(600);
    assertThat(image.getHeight()).isEqualTo(40 + 2 * 24 + 30);
    double first = count(image, MEASURED_MID, 40, 64);
    double second = count(image, MEASURED_MID, 64, 88);
    assertThat(first / second).isBetween(1.97, 2.03); // edges are blended
    assertThat(count(image, MEASURED, 40, 88)).isZero();
  }

  @Test
  void eachOfSeveralRunsHasADot() throws Exception {
    BufferedImage image = image(List.of(new Row("BagNet-33", List.of(.2, .8))));
    // Two disks with a diameter of seven pixels have 77, of which the edges are blended.
    assertThat(count(image, MEASURED, 40, 64)).isBetween(40L, 80L);
  }

  @Test
  void aLongNameIsShortened() throws Exception {
    BufferedImage image = image(List.of(new Row("BagNet-33, ".repeat(20), List.of(0.))));
    // Nothing is written into the space between the names and the bars.
    for (int y = 40; y < 64; y++) {
      for (int x = 293; x < 299; x++) {
        assertThat(image.getRGB(x, y)).isEqualTo(0xffffffff);
      }
    }
  }
}
