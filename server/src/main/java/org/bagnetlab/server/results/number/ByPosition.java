package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Orders numbers like the table of results, except that positions on an axis are ordered by numeric
 * value: 2 comes before 10, so that a curve can be drawn directly.
 */
final class ByPosition implements Comparator<ResultJson> {

  private static final Comparator<ResultJson> BY_OUTPUT =
      Comparator.comparingLong(ResultJson::job)
          .thenComparing(ResultJson::metric)
          .thenComparing(ResultJson::set)
          .thenComparing(ResultJson::output);

  @Override
  public int compare(ResultJson one, ResultJson other) {
    int byOutput = BY_OUTPUT.compare(one, other);
    return byOutput == 0 ? positions(one.axes(), other.axes()) : byOutput;
  }

  static int positions(JsonNode one, JsonNode other) {
    List<Map.Entry<String, JsonNode>> ours = new ArrayList<>(one.properties());
    List<Map.Entry<String, JsonNode>> theirs = new ArrayList<>(other.properties());
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      int byName = ours.get(i).getKey().compareTo(theirs.get(i).getKey());
      int order = byName == 0 ? position(ours.get(i).getValue(), theirs.get(i).getValue()) : byName;
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(ours.size(), theirs.size());
  }

  private static int position(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : one.asText().compareTo(other.asText());
  }
}
