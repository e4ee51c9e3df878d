package org.bagnetlab.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bagnetlab.vision.heatmap.DivergingColours;
import org.junit.jupiter.api.Test;

/** The dashboard's colours of heatmaps are those of the pictures that workers paint. */
class DivergingColorsTests {

  private static final Path MODULE =
      Path.of("..", "web", "src", "main", "resources", "dashboard")
          .resolve(Path.of("js", "picture", "diverging-colors.js"));

  private static final String HEAD =
      """
      // Generated from DivergingColours.java; CONTRIBUTING.md says how to change it.

      /**
       * The colours of heatmaps, which the worker paints pictures with, as 0xRRGGBB from the lowest value to the highest. They are
       * data here and do not follow the page's theme.
       */
      export const COLORS = [
      """;

  private static final int IN_A_LINE = 11;

  @Test
  void theDashboardsColoursAreThoseOfPictures() throws Exception {
    String module = module();
    if (Boolean.getBoolean("bagnetlab.update")) {
      Files.writeString(MODULE, module);
    }
    assertThat(MODULE)
        .as(
            "diverging-colors.js is not that of DivergingColours: run this test with"
                + " -Dbagnetlab.update=true")
        .hasContent(module);
  }

  private static String module() {
    List<String> colours =
        Arrays.stream(DivergingColours.all()).mapToObj("0x%06x,"::formatted).toList();
    List<String> lines = new ArrayList<>();
    for (int begin = 0; begin < colours.size(); begin += IN_A_LINE) {
      int end = Math.min(colours.size(), begin + IN_A_LINE);
      lines.add("  " + String.join(" ", colours.subList(begin, end)) + "\n");
    }
    return HEAD + String.join("", lines) + "];\n";
  }
}
