package org.bagnetlab.vision.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The colours of heatmaps. */
@Timeout(10)
class DivergingColoursTests {

  /** Computed from Ottosson's formulas in Python, without this code. */
  @Test
  void theyAreTheLinesInOklab() {
    int[] all = DivergingColours.all();
    assertThat(all).hasSize(255);
    assertThat(new int[] {all[0], all[64], all[127], all[190], all[254]})
        .containsExactly(0x06489C, 0x819FCC, 0xF5F5F5, 0xC88C86, 0x8D1A1E);
    assertThat(Arrays.stream(all).distinct()).hasSize(255);
  }

  @Test
  void aPictureHasTheColoursOfItsValues() throws IOException {
    float[] values = {-5, -2, -1, 0, 0.004f, 1, 2, 5};
    byte[] png = Picture.of(new Heatmap(1, 1, values.length, values), 2);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int[] all = DivergingColours.all();
    for (int x = 0; x < values.length; x++) {
      int nearest = (int) Math.round(127 + Math.max(-127, Math.min(127, values[x] / 2.0 * 127)));
      assertThat(picture.getRGB(x, 0) & 0xFFFFFF).as("value %s", values[x]).isEqualTo(all[nearest]);
    }
  }
}
