package org.bagnetlab.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The HTTP interface as a document, from its contract: each operation with its address, and the
 * schemas that they refer to.
 */
public final class ApiReference {

  /** The document that it completes. */
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
    operation
        .path("responses")
        .forEach(response -> inline(resolved(response).path("content"), response.has("$ref")));
  }

  /** The fields of a body that has no schema of its own. */
  private void inline(JsonNode content, boolean referred) {
    if (!referred) {
      inline(content);
    }
  }

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
    schema.at("/properties/code/enum").forEach(code -> page.row(Markdown.code(code.asText())));
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
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(each -> required.add(each.asText()));
    page.table("field", "type", "");
    fields("", schema, required);
  }

  private void fields(String before, JsonNode schema, Set<String> required) {
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      String name = before + field.getKey();
      JsonNode type = field.getValue();
      page.row(name(name, required.contains(field.getKey())), type(type), text(type));
      if (before.isEmpty() && type.has("properties")) {
        Set<String> within = new TreeSet<>();
        type.path("required").forEach(each -> within.add(each.asText()));
        fields(name + ".", type, within);
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
      List<String> choices = new ArrayList<>();
      schema.path("enum").forEach(each -> choices.add(Markdown.code(each.asText())));
      return String.join(", ", choices);
    }
    if (schema.path("type").asText().equals("array")) {
      return "array of " + type(schema.path("items"));
    }
    JsonNode type = schema.path("type");
    List<String> types = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(each -> types.add(each.asText()));
    } else {
      types.add(type.asText("any"));
    }
    StringBuilder words = new StringBuilder(String.join(" or ", types));
    bound(words, schema, "minimum", "from ");
    bound(words, schema, "maximum", "to ");
    bound(words, schema, "maxLength", "maximum length ");
    return words.toString();
  }

  private static void bound(StringBuilder words, JsonNode schema, String bound, String before) {
    if (schema.has(bound)) {
      words.append(", ").append(before).append(schema.path(bound).asText());
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** What a part of the contract says of itself. A folded text in YAML has each on one line. */
  private void paragraphs(JsonNode part) {
    part.path("description").asText("").lines().map(ApiReference::text).forEach(page::paragraph);
  }

  private static String text(JsonNode part) {
    return text(part.path("description").asText(""));
  }

  /** A description, which may have Markdown's code. */
  private static String text(String description) {
    StringBuilder text = new StringBuilder();
    // What is between backquotes is code already.
    String[] parts = description.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      text.append(i % 2 == 1 ? Markdown.code(parts[i]) : Markdown.plain(parts[i]));
    }
    return text.toString();
  }
}
