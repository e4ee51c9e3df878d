package org.bagnetlab.server.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a command prints, a terminal shows it and obeys none of it. */
@Timeout(60)
class ShownStreamTests {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ShownStream out =
      new ShownStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String said() {
    String said = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return said;
  }

  @Test
  void linesOfCsvEndAsTheyDoInAFile() {
    out.print("run,test\r\n1,.5\r\n");
    assertThat(said()).isEqualTo("run,test\r\n1,.5\r\n");
    assertThat(Terminal.line("a\r\nb")).isEqualTo("a\\u000d\\u000ab");
  }

  /** Escape, C1's own escape, delete, the last line again, text from right to left, tags. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J",
        "\u009b2J",
        "\u007f",
        "\r",
        "\u202e",
        "\u2066",
        "\u2028",
        "\udb40\udc41",
        "\ud800"
      })
  void whatATerminalWouldObeyIsEscapedHoweverItIsPrinted(String hostile) throws IOException {
    String name = "a" + hostile + "b";
    String shown = Terminal.shown(name);
    assertThat(shown).startsWith("a\\u").endsWith("b").isPrintable();
    out.print(name);
    out.println(name);
    out.println((Object) name);
    out.print(name.toCharArray());
    out.println(name.toCharArray());
    out.append(name).append(name, 0, name.length());
    assertThat(said().replace("\n", "")).isEqualTo(shown.repeat(7));
    out.printf("%s %s %s%n", name, new TextNode(name).textValue(), Path.of("x"));
    assertThat(said()).isEqualTo("%s %s x%n".formatted(shown, shown));
    out.print(hostile.charAt(0));
    assertThat(said()).startsWith("\\u");
    new IllegalStateException(name).printStackTrace(out);
    assertThat(said()).contains("IllegalStateException: " + shown + "\n\tat ");
    out.println(Json.line(Map.of("name", name)));
    String json = said();
    assertThat(json.strip()).isPrintable();
    assertThat(Json.MAPPER.readTree(json).path("name").asText()).isEqualTo(name);
  }

  @Test
  void linesAndTheAlphabetsOfAllLanguagesAreShown() {
    out.println("Küste\t海岸 ساحل 🏖\n  second line");
    assertThat(said()).isEqualTo("Küste\t海岸 ساحل 🏖\n  second line\n");
  }

  /** A name with a line's end must not look like another line of a table. */
  @Test
  void whatIsFormattedIntoALineStaysInIt() {
    out.printf("%-3s|%5d|%s%n", "a\nb", 7, "c\td");
    assertThat(said()).isEqualTo("a\\u000ab|    7|c\\u0009d\n");
  }

  @Test
  void aMovingLineIsClearedAllTheSame() {
    out.clearLine();
    assertThat(said()).isEqualTo("\r\u001b[K");
  }
}
