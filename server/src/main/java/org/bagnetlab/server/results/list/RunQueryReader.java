package org.bagnetlab.server.results.list;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.experiment.request.Alike;
import org.bagnetlab.experiment.request.Excerpt;

/**
 * Parses a query.
 *
 * <pre>
 * query      = both {"or" both}
 * both       = part {["and"] part}
 * part       = "not" part | "(" query ")" | comparison | text
 * comparison = column ("=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=") text
 * </pre>
 *
 * <p>A column is its name or its label, whatever the case; a text is a word, or any text in double
 * quotes. The value {@code none} stands for runs without a value.
 */
final class RunQueryReader {

  /** Longer queries are refused: parts are read recursively. */
  private static final int LONGEST = 1000;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?<quoted>[^\"]*)\"|(?<sign>!=|<=|>=|[=<>()])|(?<word>(?:(?!!=)[^\\s=<>()\"])+)");

  private static final Pattern NUMBER =
      Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?)\\s*(%|[a-zA-Z]*)");

  private static final String AND = "and";
  private static final String OR = "or";
  private static final String NOT = "not";
  private static final String NONE = "none";
  private static final String PERCENT = "%";

  private static final Map<String, Double> NO_UNIT = Map.of("", 1.);
  private static final Map<String, Double> SHARES = Map.of("", 1., PERCENT, .01);
  private static final Map<String, Double> SIZES = Map.of("", 1., "kb", 1e3, "mb", 1e6, "gb", 1e9);
  private static final Map<String, Double> DURATIONS =
      Map.of("", 1., "s", 1., "m", 60., "h", 3600., "d", 86400.);

  private enum Kind {
    WORD,
    QUOTED,
    SIGN,
    END
  }

  /**
   * A part of the text.
   *
   * @param at index of its first character
   */
  private record Token(Kind kind, String text, int at) {

    boolean is(String keyword) {
      return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isOperator() {
      return kind == Kind.SIGN && !text.equals("(") && !text.equals(")");
    }

    boolean isText() {
      return kind == Kind.QUOTED || (kind == Kind.WORD && !is(AND) && !is(OR) && !is(NOT));
    }

    String place() {
      return kind == Kind.END ? "at the end" : "at character %d".formatted(at + 1);
    }
  }

  private final List<Token> tokens;
  private int next;

  RunQueryReader(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "A query has at most %d characters, but this one has %d."
              .formatted(LONGEST, text.length()));
    }
    this.tokens = tokens(text);
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher found = TOKEN.matcher(text);
    int end = 0;
    while (found.find()) {
      unclosed(text, end, found.start());
      end = found.end();
      if (found.group("quoted") != null) {
        tokens.add(new Token(Kind.QUOTED, found.group("quoted"), found.start()));
      } else if (found.group("sign") != null) {
        tokens.add(new Token(Kind.SIGN, found.group("sign"), found.start()));
      } else {
        tokens.add(new Token(Kind.WORD, found.group("word"), found.start()));
      }
    }
    unclosed(text, end, text.length());
    tokens.add(new Token(Kind.END, "", text.length()));
    return tokens;
  }

  /** Besides blanks, only a quotation mark without a second one is no token. */
  private static void unclosed(String text, int begin, int end) {
    int mark = text.substring(begin, end).indexOf('"');
    if (mark >= 0) {
      throw new IllegalArgumentException(
          "The quotation mark at character %d has no second one.".formatted(begin + mark + 1));
    }
  }

  RunQuery read() {
    if (peek().kind() == Kind.END) {
      return RunQuery.ANY;
    }
    RunQuery query = query();
    if (peek().kind() != Kind.END) {
      throw new IllegalArgumentException(
          "The parenthesis %s has no opening one. Quotation marks search for text that contains one."
              .formatted(peek().place()));
    }
    return query;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    return tokens.get(next++);
  }

  private RunQuery query() {
    List<RunQuery> parts = new ArrayList<>(List.of(both()));
    while (peek().is(OR)) {
      next++;
      parts.add(both());
    }
    return parts.size() == 1 ? parts.getFirst() : new RunQuery.Any(List.copyOf(parts));
  }

  private RunQuery both() {
    List<RunQuery> parts = new ArrayList<>(List.of(part()));
    while (!(peek().kind() == Kind.END || peek().is(OR) || peek().isSign(")"))) {
      if (peek().is(AND)) {
        next++;
      }
      parts.add(part());
    }
    return parts.size() == 1 ? parts.getFirst() : new RunQuery.All(List.copyOf(parts));
  }

  private RunQuery part() {
    Token first = peek();
    if (first.is(NOT)) {
      next++;
      return new RunQuery.Not(part());
    }
    if (first.isSign("(")) {
      next++;
      RunQuery inner = query();
      if (!take().isSign(")")) {
        throw new IllegalArgumentException(
            "The parenthesis %s is not closed.".formatted(first.place()));
      }
      return inner;
    }
    if (first.isOperator()) {
      throw new IllegalArgumentException(
          "The name of a column is missing before '%s' %s. %s"
              .formatted(first.text(), first.place(), knownColumns()));
    }
    if (!first.isText()) {
      throw new IllegalArgumentException(
          "A comparison such as test > 0.9, or a word to search for, is missing %s."
              .formatted(first.place()));
    }
    return compared().orElseGet(() -> new RunQuery.Words(take().text()));
  }

  /** A comparison, if the next words are a column and an operator. A label may have several. */
  private Optional<RunQuery> compared() {
    int end = next;
    while (tokens.get(end).isText()) {
      end++;
    }
    if (!tokens.get(end).isOperator()) {
      return Optional.empty();
    }
    String name = String.join(" ", tokens.subList(next, end).stream().map(Token::text).toList());
    Optional<RunColumn> column = column(name);
    if (column.isEmpty()) {
      if (end - next > 1) {
        return Optional.empty(); // the first is a word to search for
      }
      throw new IllegalArgumentException(
          "There is no column '%s' (%s). %s"
              .formatted(
                  Excerpt.of(name),
                  peek().place(),
                  Alike.of(name, RunPage.columnNames())
                      .map("Did you mean %s?"::formatted)
                      .orElseGet(RunQueryReader::knownColumns)));
    }
    next = end;
    return Optional.of(comparison(column.get(), take()));
  }

  private static Optional<RunColumn> column(String name) {
    return RunColumn.list().stream()
        .filter(
            column ->
                column.name().equalsIgnoreCase(name)
                    || column.description().label().equalsIgnoreCase(name))
        .findFirst();
  }

  private static String knownColumns() {
    return "Known: %s.".formatted(String.join(", ", RunPage.columnNames()));
  }

  private RunQuery comparison(RunColumn column, Token sign) {
    Token value = take();
    if (value.kind() == Kind.SIGN || value.kind() == Kind.END) {
      throw new IllegalArgumentException(
          "After %s %s, %s is missing %s."
              .formatted(column.name(), sign.text(), expected(column), value.place()));
    }
    String text = value.text();
    if (peek().is(PERCENT)) {
      text += take().text();
    }
    boolean unequal = sign.text().equals("!=");
    Optional<RunQuery.Operator> operator = operator(sign.text());
    RunQuery found;
    if (operator.isPresent() && column.description().type() == RunColumn.Type.LIST) {
      throw new IllegalArgumentException(
          "%s can be compared with = and !=, but not with %s (%s)."
              .formatted(column.name(), sign.text(), sign.place()));
    } else if (operator.isEmpty() && text.equalsIgnoreCase(NONE)) {
      found =
          new RunQuery.Any(
              List.of(
                  new RunQuery.Absent(column),
                  new RunQuery.Compared(
                      column,
                      RunQuery.Operator.EQUAL,
                      RunColumn.Key.of(NONE),
                      RunColumn.Key.of(NONE))));
    } else {
      found = compared(column, operator.orElse(RunQuery.Operator.EQUAL), text, value);
    }
    return unequal ? new RunQuery.Not(found) : found;
  }

  /** The operator of a sign, unless it is that of equality or its opposite. */
  private static Optional<RunQuery.Operator> operator(String sign) {
    return switch (sign) {
      case "<" -> Optional.of(RunQuery.Operator.LESS);
      case "<=" -> Optional.of(RunQuery.Operator.AT_MOST);
      case ">" -> Optional.of(RunQuery.Operator.MORE);
      case ">=" -> Optional.of(RunQuery.Operator.AT_LEAST);
      default -> Optional.empty();
    };
  }

  /** Times are counted in milliseconds, which do not reach to all dates that can be written. */
  private static boolean isOfThisEra(Instant at) {
    int year = at.atOffset(ZoneOffset.UTC).getYear();
    return year >= 0 && year <= 9999;
  }

  private static RunQuery compared(
      RunColumn column, RunQuery.Operator operator, String text, Token place) {
    if (column.description().type() == RunColumn.Type.INSTANT) {
      Optional<Instant> begin = day(text).or(() -> time(text)).filter(RunQueryReader::isOfThisEra);
      long length = day(text).isPresent() ? ChronoUnit.DAYS.getDuration().toMillis() : 1;
      return begin
          .map(Instant::toEpochMilli)
          .<RunQuery>map(
              first ->
                  new RunQuery.Compared(
                      column,
                      operator,
                      RunColumn.Key.of((double) first),
                      RunColumn.Key.of((double) first + length - 1)))
          .orElseThrow(() -> wrong(column, text, place));
    }
    RunColumn.Key key =
        key(column.description().type(), text).orElseThrow(() -> wrong(column, text, place));
    return new RunQuery.Compared(column, operator, key, key);
  }

  private static IllegalArgumentException wrong(RunColumn column, String text, Token place) {
    return new IllegalArgumentException(
        "%s is compared with %s, not with '%s' (%s)."
            .formatted(column.name(), expected(column), Excerpt.of(text), place.place()));
  }

  /** What a column can be compared with. */
  private static String expected(RunColumn column) {
    return switch (column.description().type()) {
      case TEXT, LIST -> "a text";
      case NUMBER -> "a number";
      case SHARE -> "a share such as 0.9 or 90 %";
      case BYTES -> "a size such as 300MB or 1.5GB";
      case SECONDS -> "a duration such as 90s, 10m or 2h";
      case INSTANT -> "a date such as 2026-01-31, or a time such as 2026-01-31T12:00Z";
      case FLAG -> "true or false";
    };
  }

  private static Optional<RunColumn.Key> key(RunColumn.Type type, String text) {
    return switch (type) {
      case TEXT, LIST -> Optional.of(RunColumn.Key.of(text));
      case FLAG ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(RunColumn.Key.of(1));
            case "false" -> Optional.of(RunColumn.Key.of(0));
            default -> Optional.empty();
          };
      case NUMBER -> number(text, NO_UNIT).map(RunColumn.Key::of);
      case SHARE ->
          number(text, SHARES).filter(share -> share >= 0 && share <= 1).map(RunColumn.Key::of);
      case BYTES -> number(text, SIZES).map(RunColumn.Key::of);
      case SECONDS -> number(text, DURATIONS).map(RunColumn.Key::of);
      case INSTANT -> Optional.empty();
    };
  }

  /** A number with one of these units, whatever the case; times the size of the unit. */
  private static Optional<Double> number(String text, Map<String, Double> units) {
    Matcher number = NUMBER.matcher(text);
    return number.matches()
        ? Optional.ofNullable(units.get(number.group(2).toLowerCase(Locale.ROOT)))
            .map(
                unit ->
                    new BigDecimal(number.group(1))
                        .multiply(BigDecimal.valueOf(unit))
                        .doubleValue())
        : Optional.empty();
  }

  private static Optional<Instant> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
