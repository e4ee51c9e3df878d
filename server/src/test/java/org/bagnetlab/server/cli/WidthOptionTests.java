package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands refuse the widths that jobs may not have, before they start anything. */
@Timeout(30)
class WidthOptionTests {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "describe bagnet9",
        "bench infer --arch bagnet9",
        "predict --arch bagnet9 --weights none.pth --image none.png",
        "heatmap --arch bagnet9 --weights none.pth --image none.png --class 1",
        "weights import tiny none.pth --data DATA",
      })
  void aWidthOutOfBoundsIsRefused(String command) {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      for (String width : new String[] {"0", "-1", "1e-300", "0.0099", "4.01", "1e999", "NaN"}) {
        String[] arguments =
            (command + " --width " + width).replace("DATA", data.toString()).split(" ");
        assertThat(terminal.run(arguments)).isEqualTo(1);
        assertThat(terminal.said())
            .startsWith("bagnetlab: --width must be from 0.01 to 4, but is ");
      }
    }
  }
}
