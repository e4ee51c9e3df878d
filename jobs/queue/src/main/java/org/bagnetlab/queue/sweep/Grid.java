package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * A list of values for each setting. Every combination of values is a point. Points are created
 * lazily, so that a grid takes no more memory than its request.
 */
final class Grid {

  private final Map<String, JsonNode> lists;
  private final int size;

  private Grid(Map<String, JsonNode> lists, int size) {
    this.lists = lists;
    this.size = size;
  }

  /**
   * The grid of these lists.
   *
   * @param section section of the sweep that contains the lists
   * @throws InvalidSpec if a list contains anything but single values, or there are too many points
   */
  static Grid of(Map<String, JsonNode> lists, String section) {
    long size = 1;
    for (Map.Entry<String, JsonNode> list : lists.entrySet()) {
      String field = section + "." + list.getKey();
      JsonNode values = list.getValue();
      if (!values.isArray() || values.isEmpty()) {
        throw new InvalidSpec(
            field, "%s must be a list of values, but is %s.".formatted(field, Excerpt.of(values)));
      }
      SingleValue.checkAll(field, values);
      size = SweepSize.checked(section, size * values.size());
    }
    return new Grid(lists, (int) size);
  }

  /** Number of points; 1 without lists. */
  int size() {
    return size;
  }

  /** The point with this index; the last setting changes fastest. */
  Map<String, JsonNode> point(int number) {
    Map<String, JsonNode> point = new LinkedHashMap<>();
    int stride = size;
    for (Map.Entry<String, JsonNode> list : lists.entrySet()) {
      int values = list.getValue().size();
      stride /= values;
      point.put(list.getKey(), list.getValue().get(number / stride % values));
    }
    return point;
  }
}
