package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.sweep.tpe.Dimension;

/**
 * The values of one setting that a search tries: those of a list, or those of a range on a linear
 * or logarithmic scale.
 */
final class RandomValues {

  private static final String LINEAR = "linear";
  private static final String LOG = "log";

  private static final Set<String> KNOWN = Set.of("from", "to", "scale");

  /** Drawn values are rounded: more digits make no difference, and are harder to read. */
  private static final MathContext DIGITS = new MathContext(3);

  private final List<JsonNode> list;
  private final double from;
  private final double to;
  private final boolean log;
  private final boolean whole;

  private RandomValues(List<JsonNode> list, double from, double to, boolean log, boolean whole) {
    this.list = list;
    this.from = from;
    this.to = to;
    this.log = log;
    this.whole = whole;
  }

  static RandomValues of(String field, JsonNode values) {
    if (values.isArray() && !values.isEmpty()) {
      SingleValue.checkAll(field, values);
      List<JsonNode> list = new ArrayList<>();
      values.forEach(list::add);
      return new RandomValues(list, 0, 0, false, false);
    }
    values
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw new InvalidSpec(
                    field,
                    "%s has no '%s'. Known: from, to, scale.".formatted(field, Excerpt.of(name)));
              }
            });
    JsonNode from = values.path("from");
    JsonNode to = values.path("to");
    String scale = values.path("scale").asText(LINEAR);
    boolean log = scale.equals(LOG);
    if (!log && !scale.equals(LINEAR)) {
      throw new InvalidSpec(
          field,
          "%s has no scale '%s'. Known: %s, %s.".formatted(field, Excerpt.of(scale), LINEAR, LOG));
    }
    if (!from.isNumber() || !to.isNumber()) {
      throw new InvalidSpec(
          field,
          "%s must be a list of values, or a range with the numbers from and to, but is %s."
              .formatted(field, Excerpt.of(values)));
    }
    if (from.doubleValue() >= to.doubleValue()) {
      throw new InvalidSpec(
          field,
          "%s: from must be below to, but from is %s and to is %s."
              .formatted(field, plain(from), plain(to)));
    }
    if (log && from.doubleValue() <= 0) {
      throw new InvalidSpec(
          field,
          "%s: a logarithmic scale must start above 0, but from is %s."
              .formatted(field, plain(from)));
    }
    requireFinite(field, from.doubleValue(), to.doubleValue(), log);
    return new RandomValues(
        List.of(),
        from.doubleValue(),
        to.doubleValue(),
        log,
        from.isIntegralNumber() && to.isIntegralNumber());
  }

  private static String plain(JsonNode number) {
    return Decimal.plain(number.doubleValue());
  }

  /**
   * Checks that the numbers from which draws are computed are finite. The setting's bounds are
   * checked for each job.
   */
  private static void requireFinite(String field, double from, double to, boolean log) {
    if (!Double.isFinite(from)
        || !Double.isFinite(to)
        || !Double.isFinite(log ? to / from : to - from)) {
      throw new InvalidSpec(
          field, "The range of %s is too wide to sample from: narrow it.".formatted(field));
    }
  }

  /** The coordinate of the values: the position in the list, or a share of the range. */
  Dimension dimension() {
    return list.isEmpty()
        ? new Dimension.Interval(position -> coordinate(at(position)))
        : new Dimension.Categories(list.size());
  }

  JsonNode draw(RandomGenerator random) {
    return at(dimension().draw(random));
  }

  /** The value at a coordinate. */
  JsonNode at(double coordinate) {
    if (!list.isEmpty()) {
      return list.get((int) coordinate);
    }
    if (whole && !log) {
      return LongNode.valueOf((long) Math.min(to, from + Math.floor(coordinate * (to - from + 1))));
    }
    double value = log ? from * Math.pow(to / from, coordinate) : from + coordinate * (to - from);
    if (whole) {
      return LongNode.valueOf(Math.round(value));
    }
    return DoubleNode.valueOf(new BigDecimal(value, DIGITS).doubleValue());
  }

  /** The coordinate of a value that was drawn. */
  double coordinate(JsonNode drawn) {
    if (!list.isEmpty()) {
      return IntStream.range(0, list.size())
          .filter(index -> list.get(index).equals(drawn))
          .findFirst()
          .orElseThrow();
    }
    double value = drawn.doubleValue();
    double share;
    if (log) {
      share = Math.log(value / from) / Math.log(to / from);
    } else if (whole) {
      // The middle of the part of the range that is rounded down to the value.
      share = (value - from + 0.5) / (to - from + 1);
    } else {
      share = (value - from) / (to - from);
    }
    return Math.clamp(share, 0, 1);
  }
}
