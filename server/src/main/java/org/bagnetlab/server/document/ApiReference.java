package org.bagnetlab.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a reference of the HTTP interface from its OpenAPI description: each operation with its
 * path, and the schemas that operations use.
 */
public final class ApiReference {

  /** The document that the reference is appended to. */
  public static final String FILE = "docs/api.md";

  private static final String JSON = "application/json";

  private final JsonNode contract;
  private final Markdown page = new Markdown();

  private ApiReference(JsonNode contract) {
    this.contract = contract;
  }

  /**
   * The reference as Markdown, without a title.
   *
   * @param contract an OpenAPI description
   */
  public static String of(JsonNode contract) {
    return new ApiReference(contract).write();
  }

  private String write() {
    paragraphs(contract.path("info"));
    String root = contract.at("/servers/0/url").asText();
    String part = "";
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      String first = path.getKey().split("/", -1)[1];
      if (!first.equals(part)) {
        part = first;
        page.heading(2, "Under /" + part);
      }
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().has("operationId")) {
          operation(
              method.getKey().toUpperCase(Locale.ROOT) + " " + root + path.getKey(),
              path.getValue().path("parameters"),
              method.getValue());
        }
      }
    }
    problems();
    page.heading(2, "Schemas");
    contract
        .at("/components/schemas")
        .properties()
        .forEach(each -> schema(each.getKey(), each.getValue()));
    return page.toString();
  }

  private void operation(String address, JsonNode ofPath, JsonNode operation) {
    page.heading(3, operation.path("operationId").asText());
    page.paragraph(Markdown.code(address));
    page.paragraph(Markdown.plain(operation.path("summary").asText()) + ".");
    paragraphs(operation);
    List<JsonNode> parameters = new ArrayList<>();
    ofPath.forEach(each -> parameters.add(resolved(each)));
    operation.path("parameters").forEach(each -> parameters.add(resolved(each)));
    if (!parameters.isEmpty()) {
      page.table("parameter", "in", "type", "");
      for (JsonNode each : parameters) {
        page.row(
            name(each.path("name").asText(), each.path("required").asBoolean()),
            each.path("in").asText(),
            type(each.path("schema")),
            text(each));
      }
    }
    JsonNode body = resolved(operation.path("requestBody"));
    if (body.has("content")) {
      page.paragraph("Body: " + content(body.path("content")) + ".");
      inline(body.path("content"));
    }
    page.table("status", "meaning", "body");
    for (Map.Entry<String, JsonNode> each : operation.path("responses").properties()) {
      JsonNode response = resolved(each.getValue());
      boolean problem = each.getValue().has("$ref");
      page.row(
          each.getKey(),
          text(response),
          problem ? "[problem](#problem-codes)" : content(response.path("content")));
    }
    for (JsonNode response : operation.path("responses")) {
      inline(response.path("content")); // The schema of problems is described once, elsewhere.
    }
  }

  /** Writes the fields of a body whose schema has no name. */
  private void inline(JsonNode content) {
    JsonNode schema = content.path(JSON).path("schema");
    if (schema.has("properties")) {
      fields(schema);
    }
  }

  private void problems() {
    page.heading(2, "Problem codes");
    JsonNode schema =
        contract.at("/components/responses/Problem/content/application~1problem+json/schema");
    page.paragraph(
        "A refused request is answered with a problem document (RFC 9457),"
            + " `application/problem+json`. Its `code` is stable, its `detail` is for people.");
    fields(schema);
    page.table("code");
    texts(schema.at("/properties/code/enum")).forEach(code -> page.row(Markdown.code(code)));
  }

  private void schema(String name, JsonNode schema) {
    page.heading(3, "Schema " + name);
    paragraphs(schema);
    if (schema.has("properties")) {
      fields(schema);
    } else {
      page.paragraph(type(schema));
    }
  }

  private void fields(JsonNode schema) {
    page.table("field", "type", "");
    fields("", schema);
  }

  private void fields(String before, JsonNode schema) {
    List<String> required = texts(schema.path("required"));
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      String name = before + field.getKey();
      JsonNode type = field.getValue();
      page.row(name(name, required.contains(field.getKey())), type(type), text(type));
      if (before.isEmpty() && type.has("properties")) {
        fields(name + ".", type);
      }
    }
  }

  private static String name(String name, boolean required) {
    return Markdown.code(name) + (required ? ", required" : "");
  }

  private String content(JsonNode content) {
    List<String> forms = new ArrayList<>();
    for (Map.Entry<String, JsonNode> form : content.properties()) {
      JsonNode schema = form.getValue().path("schema");
      boolean named = form.getKey().equals(JSON) && !schema.has("properties");
      forms.add(named ? type(schema) : Markdown.code(form.getKey()));
    }
    return String.join(" or ", forms);
  }

  private String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      return "[%s](#schema-%s)".formatted(name, name.toLowerCase(Locale.ROOT));
    }
    for (String union : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(union)) {
        List<String> types = new ArrayList<>();
        schema.path(union).forEach(each -> types.add(type(each)));
        return String.join(union.equals("allOf") ? " and " : " or ", types);
      }
    }
    if (schema.has("const")) {
      return Markdown.code(schema.path("const").asText());
    }
    if (schema.has("enum")) {
      return texts(schema.path("enum")).stream()
          .map(Markdown::code)
          .collect(Collectors.joining(", "));
    }
    if (schema.path("type").asText().equals("array")) {
      return "array of " + type(schema.path("items"));
    }
    JsonNode type = schema.path("type");
    StringBuilder text =
        new StringBuilder(type.isArray() ? String.join(" or ", texts(type)) : type.asText("any"));
    bound(text, schema, "minimum", "from ");
    bound(text, schema, "maximum", "to ");
    bound(text, schema, "maxLength", "maximum length ");
    return text.toString();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static void bound(StringBuilder text, JsonNode schema, String bound, String before) {
    if (schema.has(bound)) {
      text.append(", ").append(before).append(schema.path(bound).asText());
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
  }

  /**
   * Writes the description of a part of the contract. YAML has folded each of its paragraphs into
   * one line.
   */
  private void paragraphs(JsonNode part) {
    part.path("description").asText("").lines().map(ApiReference::text).forEach(page::paragraph);
  }

  private static String text(JsonNode part) {
    return text(part.path("description").asText(""));
  }

  /** Escapes a description, in which backticks mark code. */
  private static String text(String description) {
    StringBuilder text = new StringBuilder();
    // Text between backticks is already code.
    String[] parts = description.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      text.append(i % 2 == 1 ? Markdown.code(parts[i]) : Markdown.plain(parts[i]));
    }
    return text.toString();
  }
}
