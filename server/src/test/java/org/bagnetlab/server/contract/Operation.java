package org.bagnetlab.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the description says about a method of a path.
 *
 * @param name for messages: the method and the path's template
 * @param node the operation
 * @param parameters its own and its path's
 * @param variables parts of the path by their names in the template
 */
record Operation(
    String name, JsonNode node, List<JsonNode> parameters, Map<String, String> variables) {

  /** The operation that a request is for. A path without variables goes before one with some. */
  static Optional<Operation> find(JsonNode description, String method, String path) {
    String key = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    List<Operation> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> item : description.path("paths").properties()) {
      variables(item.getKey(), path)
          .filter(variables -> item.getValue().has(key))
          .ifPresent(
              variables -> {
                JsonNode node = item.getValue().path(key);
                List<JsonNode> parameters = new ArrayList<>();
                item.getValue().path("parameters").forEach(parameters::add);
                node.path("parameters").forEach(parameters::add);
                parameters.replaceAll(parameter -> Contract.resolved(description, parameter));
                found.add(new Operation(method + " " + item.getKey(), node, parameters, variables));
              });
    }
    return found.stream().min((a, b) -> a.variables().size() - b.variables().size());
  }

  private static Optional<Map<String, String>> variables(String template, String path) {
    String[] names = template.split("/", -1);
    String[] parts = path.split("/", -1);
    if (names.length != parts.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{")) {
        variables.put(
            names[i].substring(1, names[i].length() - 1),
            URLDecoder.decode(parts[i], StandardCharsets.UTF_8));
      } else if (!names[i].equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
