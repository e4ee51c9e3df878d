package org.bagnetlab.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bagnetlab.server.table.Column.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every form of a table has its values, whatever characters are in them. */
@Timeout(60)
class TableTests {

  private static final String ODD = "a,\"\r\n &%$#_{}~^\\<>|–−×é";

  private record Row(String name, Optional<String> regime, double value) {}

  private static Table<Row> table(List<Row> rows) {
    return new Table<>(
        "example",
        "Values of rows",
        List.of(
            Column.of("name", "Name", Role.NAME, row -> Optional.of(row.name())),
            Column.of("regime", "Regime", Role.SETTING, Row::regime),
            Column.<Row>of("value", "Value", Role.VALUE, row -> Optional.of(row.value()))
                .shownAs(row -> Optional.of("%.2f".formatted(row.value())))),
        rows,
        List.of("A note."));
  }

  @Test
  void aReaderOfCsvGetsWhatWasWritten() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      List<Row> rows =
          IntStream.range(0, random.nextInt(4))
              .mapToObj(
                  any -> new Row(text(random), Optional.of(text(random)), random.nextDouble()))
              .toList();
      List<List<String>> read = CsvLines.of(Csv.of(table(rows)));
      assertThat(read.get(0)).containsExactly("name", "regime", "value");
      assertThat(read.subList(1, read.size()))
          .isEqualTo(
              rows.stream()
                  .map(
                      row ->
                          List.of(
                              row.name(), row.regime().orElse(""), Double.toString(row.value())))
                  .toList());
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(ODD.charAt(random.nextInt(ODD.length())));
    }
    return text.toString();
  }

  @Test
  void latexPrintsEveryCharacter() {
    assertThat(Latex.escaped("50 % of $x_1 & {y}#~^\\"))
        .isEqualTo(
            "50 \\% of \\$x\\_1 \\& \\{y\\}\\#\\textasciitilde{}\\textasciicircum{}\\textbackslash{}");
    assertThat(Latex.escaped("0.1–0.2 −3 ×")).isEqualTo("0.1--0.2 $-$3 $\\times$");
  }

  @Test
  void aSettingOfAllRowsIsInTheCaptionAndOneThatDiffersInAColumn() {
    Table<Row> alike =
        table(List.of(new Row("one", Optional.of("a_b"), 1), new Row("two", Optional.empty(), 2)));
    assertThat(Latex.of(alike))
        .isEqualTo(
            """
            % Needs \\usepackage{booktabs,adjustbox}, and for quotation marks \\usepackage[T1]{fontenc}
            \\begin{table}
              \\centering
              \\caption{Values of rows. Regime: a\\_b. A note.}
              \\label{tab:example}
              \\begin{adjustbox}{max width=\\linewidth}
              \\begin{tabular}{lr}
                \\toprule
                Name & Value \\\\
                \\midrule
                one & 1.00 \\\\
                two & 2.00 \\\\
                \\bottomrule
              \\end{tabular}
              \\end{adjustbox}
            \\end{table}
            """);
    Table<Row> different =
        table(List.of(new Row("one", Optional.of("a"), 1), new Row("two", Optional.of("b"), 2)));
    assertThat(PlainText.of(different))
        .isEqualTo(
            """
            Values of rows.
            Regime: a, b.
            A note.
            Name  Regime  Value
            one   a       1.00
            two   b       2.00
            """);
  }

  /** A heading may be as wide as the values below it. */
  @Test
  void latexBreaksHeadingsAboveShortValues() {
    List<Column<Row>> columns = new ArrayList<>(table(List.of()).columns());
    columns.add(Column.of("best", "Best readout (%)", Role.VALUE, row -> Optional.of(99)));
    columns.add(
        Column.<Row>of("validation", "Validation (%)", Role.VALUE, row -> Optional.of(1))
            .shownAs(row -> Optional.of("100.0 (97.1–100.0)*")));
    List<Row> rows = List.of(new Row("one", Optional.of("a"), 1));
    assertThat(Latex.of(new Table<>("broken", "Values", columns, rows, List.of())))
        .contains("Value & \\shortstack[r]{Best readout\\\\(\\%)} & Validation (\\%) \\\\\n");
  }

  /** A caption of every default of a recipe hides what is particular about the rows. */
  @Test
  void captionsLeaveOutUsualSettings() {
    Table<String> table =
        new Table<>(
            "rates",
            "Rates",
            List.of(
                Column.of("name", "Name", Role.NAME, Optional::of),
                Column.<String>of("decay", "Decay", Role.SETTING, row -> Optional.of(0))
                    .usualIf(row -> true),
                Column.<String>of("epochs", "Epochs", Role.SETTING, row -> Optional.of(4))
                    .usualIf(row -> row.equals("a"))),
            List.of("a", "b"),
            List.of());
    assertThat(PlainText.of(table)).isEqualTo("Rates.\nEpochs: 4.\nName\na\nb\n");
  }

  @Test
  void aRowWithASentenceIsWrittenOverLines() {
    String sentence = "It grows, as far as three seeds on a thousand images can tell us now.";
    Table<String> table =
        new Table<>(
            "claims",
            "Claims",
            List.of(
                Column.of("name", "Name", Column.Role.NAME, Optional::of),
                Column.of("claim", "Claim", Column.Role.VALUE, row -> Optional.of(sentence))),
            List.of("a", "b"),
            List.of());
    assertThat(PlainText.of(table))
        .isEqualTo(
            "Claims.\n\nName: a\nClaim: %s\n\nName: b\nClaim: %s\n".formatted(sentence, sentence));
  }

  @Test
  void htmlHasEveryTextAsTextAndSaysWhatIsPublished() {
    Table<Row> table =
        new Table<>(
            "example",
            "A <b> & \"c\"",
            List.of(
                Column.of("name", "Name", Role.NAME, row -> Optional.of(row.name())),
                Column.of("value", "Published test", Role.VALUE, row -> Optional.of(row.value()))),
            List.of(new Row("<script>", Optional.empty(), 0.5)),
            List.of());
    assertThat(Html.of(table))
        .contains(
            "<figcaption>A &lt;b&gt; &amp; &quot;c&quot;.</figcaption>",
            "<th scope=\"row\">&lt;script&gt;</th>",
            "<td class=\"value published\">0.5</td>");
  }
}
