package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * Draws the values of one setting: from a list, or from a range, on a linear or logarithmic scale.
 */
final class RandomValues {

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
    String scale = values.path("scale").asText("linear");
    boolean log = scale.equals("log");
    if (!from.isNumber()
        || !to.isNumber()
        || from.doubleValue() >= to.doubleValue()
        || !(log || scale.equals("linear"))
        || (log && from.doubleValue() <= 0)) {
      throw new InvalidSpec(
          field,
          "%s must be a list of values, or {from: A, to: B} with A below B and optionally scale: log (A above 0), but is %s."
              .formatted(field, Excerpt.of(values)));
    }
    requireFinite(field, from.doubleValue(), to.doubleValue(), log);
    return new RandomValues(
        List.of(),
        from.doubleValue(),
        to.doubleValue(),
        log,
        from.isIntegralNumber() && to.isIntegralNumber());
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

  JsonNode draw(Random random) {
    if (!list.isEmpty()) {
      return list.get(random.nextInt(list.size()));
    }
    double share = random.nextDouble();
    if (whole && !log) {
      return LongNode.valueOf((long) (from + Math.floor(share * (to - from + 1))));
    }
    double value = log ? from * Math.pow(to / from, share) : from + share * (to - from);
    if (whole) {
      return LongNode.valueOf(Math.round(value));
    }
    return DoubleNode.valueOf(new BigDecimal(value, DIGITS).doubleValue());
  }
}
