package org.bagnetlab.server.document.prose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Arithmetic over the cells of tables: numbers, references in brackets, + - * / and parentheses,
 * and {@code min}, {@code max} and {@code mean} of lists. A cell may have several numbers; {@code
 * [...]#2} is the second. An operator between lists works number by number.
 */
final class Expression {

  private final Tables tables;
  private final String text;
  private int at;

  private Expression(Tables tables, String text) {
    this.tables = tables;
    this.text = text;
  }

  /** The number that an expression stands for. */
  static double number(Tables tables, String text) {
    double[] values = list(tables, text);
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "%d numbers in place of one: %s".formatted(values.length, text));
    }
    return values[0];
  }

  /** The numbers that it stands for. */
  static double[] list(Tables tables, String text) {
    Expression expression = new Expression(tables, text);
    double[] values = expression.sum();
    if (expression.at < text.length()) {
      throw new IllegalArgumentException("not understood: " + text.substring(expression.at));
    }
    return values;
  }

  private double[] sum() {
    double[] value = product();
    while (true) {
      if (next('+')) {
        value = combined(value, product(), Double::sum);
      } else if (next('-')) {
        value = combined(value, product(), (a, b) -> a - b);
      } else {
        return value;
      }
    }
  }

  private double[] product() {
    double[] value = factor();
    while (true) {
      if (next('*')) {
        value = combined(value, factor(), (a, b) -> a * b);
      } else if (next('/')) {
        value = combined(value, factor(), (a, b) -> a / b);
      } else {
        return value;
      }
    }
  }

  private double[] factor() {
    if (next('-')) {
      return combined(new double[] {0}, factor(), (a, b) -> a - b);
    }
    if (next('(')) {
      double[] value = sum();
      expect(')');
      return value;
    }
    if (next('[')) {
      return reference();
    }
    for (String name : List.of("min", "max", "mean")) {
      if (text.startsWith(name + "(", at)) {
        at += name.length() + 1;
        double[] values = sum();
        expect(')');
        return new double[] {
          switch (name) {
            case "min" -> Arrays.stream(values).min().orElseThrow();
            case "max" -> Arrays.stream(values).max().orElseThrow();
            default -> Arrays.stream(values).average().orElseThrow();
          }
        };
      }
    }
    int begin = at;
    while (at < text.length() && "0123456789.".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    double[] number = {Double.parseDouble(text.substring(begin, at))};
    spaces();
    return number;
  }

  private double[] reference() {
    int end = text.indexOf(']', at);
    String reference = text.substring(at, end);
    at = end + 1;
    List<Double> numbers = new ArrayList<>();
    for (String cell : tables.cells(reference)) {
      for (String part : cell.split(" ")) {
        numbers.add(Double.valueOf(part));
      }
    }
    double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    if (text.startsWith("#", at)) {
      int number = text.charAt(at + 1) - '0';
      at += 2;
      values = new double[] {values[number - 1]};
    }
    spaces();
    return values;
  }

  private static double[] combined(double[] one, double[] other, DoubleBinaryOperator operator) {
    int length = Math.max(one.length, other.length);
    if (Math.min(one.length, other.length) != length && Math.min(one.length, other.length) != 1) {
      throw new IllegalArgumentException("lists of %d and %d".formatted(one.length, other.length));
    }
    double[] result = new double[length];
    for (int i = 0; i < length; i++) {
      result[i] =
          operator.applyAsDouble(one[one.length == 1 ? 0 : i], other[other.length == 1 ? 0 : i]);
    }
    return result;
  }

  private boolean next(char wanted) {
    spaces();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      spaces();
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!next(wanted)) {
      throw new IllegalArgumentException("%s is missing: %s".formatted(wanted, text));
    }
  }

  private void spaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
