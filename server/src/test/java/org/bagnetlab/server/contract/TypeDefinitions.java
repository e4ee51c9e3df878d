package org.bagnetlab.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The types of the interface's JSON and its defaults, as modules of the dashboard. */
public final class TypeDefinitions {

  private static final String HEAD =
      """
      /**
       * @file The shapes of the server's JSON, as its contract (/openapi.yaml) gives them. Absent values are
       * left out; instants are ISO 8601 strings; accuracies are in [0, 1].
       */
      """;

  private TypeDefinitions() {}

  /** The types of the server's own contract: the module {@code api/types.js} of the type check. */
  public static String ofContract() {
    return types(Contract.description());
  }

  /** A module that defines a type for each schema of a description and one for its events. */
  static String types(JsonNode description) {
    StringBuilder module = new StringBuilder(HEAD);
    description
        .at("/components/schemas")
        .properties()
        .forEach(schema -> module.append(definition(schema.getKey(), schema.getValue())));
    JsonNode events =
        description.at("/paths/~1events/get/responses/200/content/text~1event-stream/x-events");
    if (!events.isMissingNode()) {
      module.append(events(events));
    }
    // A file without an export would be a script to TypeScript, from which nothing can be imported.
    return module.append(operations(description)).append("\nexport {};\n").toString();
  }

  /** The JSON that operations answer with, and what may be asked of them, by method and path. */
  private static String operations(JsonNode description) {
    StringBuilder responses = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String name =
            "'%s %s'".formatted(operation.getKey().toUpperCase(Locale.ROOT), path.getKey());
        answer(description, operation.getValue())
            .ifPresent(schema -> responses.append(" *   %s: %s,%n".formatted(name, type(schema))));
        String query =
            all(operation.getValue().path("parameters"))
                .map(parameter -> resolved(description, parameter))
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(
                    parameter ->
                        "%s?: %s"
                            .formatted(
                                parameter.path("name").asText(), scalar(description, parameter)))
                .collect(joining(", "));
        if (!query.isEmpty()) {
          queries.append(" *   %s: {%s},%n".formatted(name, query));
        }
      }
    }
    return responses.isEmpty()
        ? ""
        : """

        /**
         * The JSON that operations answer with.
         * @typedef {{
        %s * }} Responses
         */

        /**
         * Query parameters by operation.
         * @typedef {{
        %s * }} Queries
         */
        """
            .formatted(responses, queries);
  }

  private static Optional<JsonNode> answer(JsonNode description, JsonNode operation) {
    return operation.path("responses").properties().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .map(response -> resolved(description, response.getValue()))
        .map(response -> response.at("/content/application~1json/schema"))
        .filter(schema -> !schema.isEmpty())
        .findFirst();
  }

  private static JsonNode resolved(JsonNode description, JsonNode node) {
    return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** As it is written in an address, where true is a text, too. */
  private static String scalar(JsonNode description, JsonNode parameter) {
    JsonNode schema = resolved(description, parameter.path("schema"));
    if (schema.path("type").asText().equals("boolean")
        || schema.path("enum").toString().equals("[\"true\",\"false\"]")) {
      return "boolean|string";
    }
    if (schema.path("type").isArray()) {
      return type(schema);
    }
    return schema.path("type").asText().matches("integer|number") ? "number" : "string";
  }

  /** A module that exports the defaults of omitted fields, by schema and property. */
  static String defaults(JsonNode description) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    description
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                defaultsOf(schema.getValue()).ifPresent(value -> all.set(schema.getKey(), value)));
    String entries =
        all.properties().stream()
            .map(schema -> "  %s: %s,%n".formatted(schema.getKey(), schema.getValue()))
            .collect(joining(""));
    return """
        // Generated from openapi.yaml; CONTRIBUTING.md says how to change it.

        /** Defaults of omitted fields, by schema. */
        export const DEFAULTS = {
        %s};
        """
        .formatted(entries);
  }

  private static Optional<JsonNode> defaultsOf(JsonNode schema) {
    if (schema.has("default")) {
      return Optional.of(schema.path("default"));
    }
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                defaultsOf(property.getValue())
                    .ifPresent(value -> properties.set(property.getKey(), value)));
    return properties.isEmpty() ? Optional.empty() : Optional.of(properties);
  }

  private static String definition(String name, JsonNode schema) {
    StringBuilder comment = new StringBuilder("\n/**\n");
    String text = text(schema);
    if (!text.isEmpty()) {
      comment.append(" * %s%n".formatted(text));
    }
    if (!schema.has("properties") || schema.has("additionalProperties")) {
      return comment.append(" * @typedef {%s} %s%n */%n".formatted(type(schema), name)).toString();
    }
    comment.append(" * @typedef {object} %s%n".formatted(name));
    Set<String> required = required(schema);
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                comment.append(
                    " * @property {%s} %s%n"
                        .formatted(
                            type(property.getValue()),
                            (required.contains(property.getKey())
                                    ? property.getKey()
                                    : "[" + property.getKey() + "]")
                                + spaced(text(property.getValue())))));
    return comment.append(" */\n").toString();
  }

  private static String events(JsonNode events) {
    StringBuilder comment =
        new StringBuilder(
            "\n/**\n * The data of each event of /events.\n * @typedef {object} EventData\n");
    events
        .properties()
        .forEach(
            event ->
                comment.append(
                    " * @property {%s} %s%n".formatted(type(event.getValue()), event.getKey())));
    return comment.append(" */\n").toString();
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : " " + text;
  }

  private static String text(JsonNode schema) {
    return schema.path("description").asText().strip().replaceAll("\\s+", " ");
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.path("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return schema.path("$ref").asText().replaceFirst(".*/", "");
    }
    if (schema.has("const")) {
      return literal(schema.path("const"));
    }
    if (schema.has("enum")) {
      return all(schema.path("enum")).map(TypeDefinitions::literal).collect(joining("|"));
    }
    for (String alternatives : new String[] {"oneOf", "anyOf"}) {
      if (schema.has(alternatives)) {
        return all(schema.path(alternatives)).map(TypeDefinitions::type).collect(joining("|"));
      }
    }
    if (schema.has("allOf")) {
      return all(schema.path("allOf")).map(TypeDefinitions::type).collect(joining(" & "));
    }
    if (schema.path("type").isArray()) {
      return all(schema.path("type")).map(each -> simple(each.asText())).collect(joining("|"));
    }
    return switch (schema.path("type").asText()) {
      case "array" -> array(type(schema.path("items")));
      case "object" -> object(schema);
      default -> simple(schema.path("type").asText());
    };
  }

  private static Collector<CharSequence, ?, String> joining(String between) {
    return Collectors.joining(between);
  }

  private static Stream<JsonNode> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String literal(JsonNode value) {
    return value.isTextual() ? "'" + value.asText() + "'" : value.toString();
  }

  private static String simple(String type) {
    return switch (type) {
      case "integer", "number" -> "number";
      case "string", "boolean", "null" -> type;
      default -> throw new IllegalArgumentException("no type for a schema of type " + type);
    };
  }

  private static String array(String items) {
    boolean single = items.matches("\\w+|Record<[^|&]*>|\\{[^{}]*}");
    return single ? items + "[]" : "(" + items + ")[]";
  }

  private static String object(JsonNode schema) {
    JsonNode others = schema.path("additionalProperties");
    if (!schema.has("properties") && others.isObject()) {
      return schema.has("propertyNames")
          ? "Partial<Record<%s, %s>>".formatted(type(schema.path("propertyNames")), type(others))
          : "Record<string, %s>".formatted(type(others));
    }
    Set<String> required = required(schema);
    String properties =
        schema.path("properties").properties().stream()
            .map(
                property ->
                    "%s%s: %s"
                        .formatted(
                            property.getKey(),
                            required.contains(property.getKey()) ? "" : "?",
                            type(property.getValue())))
            .collect(joining(", "));
    return "{%s%s}".formatted(properties, others.isObject() ? ", " + index(schema, others) : "");
  }

  /** A property by any name may be one of those that are named, too. */
  private static String index(JsonNode schema, JsonNode others) {
    Set<String> types = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      types.add(type(property.getValue()));
    }
    types.add(type(others));
    types.add("undefined");
    return "[name: string]: " + String.join("|", types);
  }
}
