package org.bagnetlab.queue.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a stream holds, lines are bounded and none is lost. */
class BoundedLinesTests {

  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    BoundedLines.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 5, lines::add);
    return lines;
  }

  @Test
  void splitsAtLineFeeds() throws IOException {
    assertThat(lines("one\ntwo\r\n\nlast")).containsExactly("one", "two", "", "last");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void cutsWhatIsTooLongAndGoesOn() throws IOException {
    assertThat(lines("exact\n" + "x".repeat(100_000) + "\nnext\n"))
        .containsExactly("exact", "xxxxx...", "next");
  }
}
