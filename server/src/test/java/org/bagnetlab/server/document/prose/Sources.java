package org.bagnetlab.server.document.prose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the numbers of a paragraph, list or table are from: a comment behind it. Its lines, in the
 * order of the numbers:
 *
 * <pre>
 * in scene15/comparison.csv                      the file of the references that follow
 * .423 = [architecture=resnet50 test]            a number, and what it is computed from
 * 81 = given: minutes that the sweep took        a number that no file has
 * supported = [scene15/claims.csv id=... verdict]   a word of the text
 * true: min([...]) &lt; .05                       what a sentence rests on without saying it
 * names: [...]                                   all names in code font are these cells
 * </pre>
 *
 * @param lines without the first and last
 */
record Sources(List<String> lines) {

  private static final String BEGIN = "<!-- numbers";
  private static final Pattern COMPARISON = Pattern.compile("(.+?) (<=|>=|<|>) (.+)");
  private static final Pattern NUMBER = Pattern.compile("-?[\\d.,]+");

  /** Of the text behind a block; empty: it says nothing about sources. */
  static Optional<Sources> of(String html) {
    return html.startsWith(BEGIN)
        ? Optional.of(
            new Sources(
                html.lines()
                    .skip(1)
                    .map(String::strip)
                    .takeWhile(line -> !line.equals("-->"))
                    .filter(line -> !line.isEmpty())
                    .toList()))
        : Optional.empty();
  }

  /**
   * What is wrong with a block.
   *
   * @param text what people read
   * @param numbers in it
   * @param names in code font
   */
  List<String> problems(String text, List<String> numbers, List<String> names, Tables tables) {
    List<String> problems = new ArrayList<>();
    List<String> found = new ArrayList<>();
    String file = "";
    for (String line : lines) {
      if (line.startsWith("in ")) {
        file = line.substring("in ".length());
        continue;
      }
      try {
        problem(line, file, text, names, tables, found).ifPresent(problems::add);
      } catch (IllegalArgumentException e) {
        problems.add("%s: %s".formatted(line, e.getMessage()));
      }
    }
    if (!found.equals(numbers)) {
      problems.add("the text has the numbers %s, the comment %s".formatted(numbers, found));
    }
    return problems;
  }

  private static Optional<String> problem(
      String line,
      String file,
      String text,
      List<String> names,
      Tables tables,
      List<String> found) {
    if (line.startsWith("true:")) {
      return holds(line.substring("true:".length()).strip(), file, tables)
          ? Optional.empty()
          : Optional.of("does not hold: " + line);
    }
    if (line.startsWith("names:")) {
      Set<String> cells = new TreeSet<>(tables.cells(within(line, file)));
      return cells.equals(new TreeSet<>(names))
          ? Optional.empty()
          : Optional.of("names are %s, not %s".formatted(cells, new TreeSet<>(names)));
    }
    String[] parts = line.split(" = ", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("neither 'in', 'true:', 'names:' nor 'NUMBER = SOURCE'");
    }
    if (!NUMBER.matcher(parts[0]).matches()) {
      List<String> cells = tables.cells(within(parts[1], file));
      return cells.equals(List.of(parts[0])) && says(text, parts[0])
          ? Optional.empty()
          : Optional.of("'%s' is %s there".formatted(parts[0], cells));
    }
    found.add(parts[0]);
    if (parts[1].startsWith("given: ")) {
      return Optional.empty();
    }
    double value = Expression.number(tables, qualified(parts[1], file));
    String digits = parts[0].replace(",", "");
    int decimals = digits.contains(".") ? digits.length() - digits.indexOf('.') - 1 : 0;
    // Half a unit of its last digit, and what rounding to halves may leave.
    double off = Math.abs(value - Double.parseDouble(digits));
    return off <= .5 * Math.pow(10, -decimals) + 1e-9
        ? Optional.empty()
        : Optional.of("%s is %s there: %s".formatted(parts[0], value, parts[1]));
  }

  /** Not as a part of another word, and never denied. */
  private static boolean says(String text, String word) {
    String whole = "\\b" + Pattern.quote(word) + "\\b";
    return Pattern.compile(whole).matcher(text).find()
        && !Pattern.compile("\\b(not|never|no)( \\w+)? " + whole).matcher(text).find();
  }

  /** Every number of lists on both sides. */
  private static boolean holds(String condition, String file, Tables tables) {
    Matcher comparison = COMPARISON.matcher(condition);
    if (!comparison.matches()) {
      throw new IllegalArgumentException("no comparison");
    }
    double[] less = Expression.list(tables, qualified(comparison.group(1), file));
    double[] more = Expression.list(tables, qualified(comparison.group(3), file));
    return Arrays.stream(less)
        .allMatch(
            one ->
                Arrays.stream(more)
                    .allMatch(
                        other ->
                            switch (comparison.group(2)) {
                              case "<" -> one < other;
                              case ">" -> one > other;
                              case "<=" -> one <= other;
                              default -> one >= other;
                            }));
  }

  private static String within(String text, String file) {
    String whole = qualified(text, file);
    return whole.substring(whole.indexOf('[') + 1, whole.lastIndexOf(']'));
  }

  /** With the file in references that name none. */
  private static String qualified(String text, String file) {
    return Pattern.compile("\\[(?!\\S+\\.csv )")
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement("[" + file + " "));
  }
}
