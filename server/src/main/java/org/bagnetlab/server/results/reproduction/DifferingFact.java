package org.bagnetlab.server.results.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A setting, or a part of the provenance, in which two runs differ.
 *
 * @param name its name in JSON, with dots between the names of nested objects
 * @param a its value in the first run; absent if that has none
 * @param b its value in the second run; absent if that has none
 */
public record DifferingFact(String name, Optional<String> a, Optional<String> b) {

  /** The facts in which two JSON objects differ, in their order. */
  static List<DifferingFact> between(JsonNode a, JsonNode b) {
    Map<String, String> first = facts(a);
    Map<String, String> second = facts(b);
    SequencedSet<String> names = new LinkedHashSet<>(first.keySet());
    names.addAll(second.keySet());
    List<DifferingFact> differing = new ArrayList<>();
    for (String name : names) {
      DifferingFact fact =
          new DifferingFact(
              name, Optional.ofNullable(first.get(name)), Optional.ofNullable(second.get(name)));
      if (!fact.a().equals(fact.b())) {
        differing.add(fact);
      }
    }
    return differing;
  }

  private static Map<String, String> facts(JsonNode object) {
    Map<String, String> facts = new LinkedHashMap<>();
    collect("", object, facts);
    return facts;
  }

  private static void collect(String name, JsonNode value, Map<String, String> facts) {
    if (value.isObject()) {
      String before = name.isEmpty() ? "" : name + ".";
      value
          .properties()
          .forEach(field -> collect(before + field.getKey(), field.getValue(), facts));
    } else if (value.isArray()) {
      String list =
          StreamSupport.stream(value.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(", "));
      if (!list.isEmpty()) {
        facts.put(name, list);
      }
    } else if (!value.isNull() && !value.isMissingNode()) {
      facts.put(name, value.asText());
    }
  }

  @Override
  public String toString() {
    return "%s: %s, %s".formatted(name, a.orElse("none"), b.orElse("none"));
  }
}
