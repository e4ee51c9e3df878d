package org.bagnetlab.server.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;

/**
 * The interface's description, to which exchanges with the server are held. Stricter than what it
 * promises to clients, who have to expect fields that they do not know: see {@link ClosedSchemas}.
 */
public final class Contract {

  private static final String ROOT = "/api/v1";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  /** Problems that any request may meet, as the description says at its beginning. */
  private static final Set<Integer> ANYWHERE =
      Set.of(400, 401, 403, 404, 405, 413, 414, 415, 417, 421, 429, 500, 503, 507);

  private final JsonNode description;

  /** Also refuses schemas that say what no keyword says: a comma in YAML makes two of one. */
  private final SchemaRegistry registry =
      SchemaRegistry.withDialect(
          Dialect.builder(Dialects.getOpenApi31())
              .keyword(new NonValidationKeyword("components"))
              .keyword(new NonValidationKeyword("unit"))
              .keyword(new NonValidationKeyword("option"))
              .keyword(new NonValidationKeyword("otherwise"))
              .keyword(new NonValidationKeyword("group"))
              .keyword(new NonValidationKeyword("role"))
              .keyword(new NonValidationKeyword("learnt"))
              .keyword(new NonValidationKeyword("essential"))
              .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
              .build(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .formatAssertionsEnabled(true)
                      .locale(Locale.ROOT)
                      .build()));

  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** A contract of one's own, as it is written. */
  public Contract(JsonNode description) {
    this.description = ClosedSchemas.of(description);
  }

  private static final class Holder {
    static final Contract OURS = new Contract(description());
  }

  /** The contract of this server. */
  public static Contract ours() {
    return Holder.OURS;
  }

  /** The description as it is served. */
  static JsonNode description() {
    Path nowhere = Path.of("");
    try {
      return org.bagnetlab.server.http.contract.OpenApi.of(
          new VisionCatalogue(new DatasetStore(nowhere), new WeightsStore(nowhere)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Holds a request and its answer to the contract. A request that is refused may be anything.
   *
   * @throws AssertionError if one of them is not as described
   */
  public void check(Exchange exchange) {
    if (!exchange.path().startsWith(ROOT + "/")) {
      return;
    }
    Optional<Operation> operation =
        Operation.find(description, exchange.method(), exchange.path().substring(ROOT.length()));
    List<String> wrong = new ArrayList<>();
    if (exchange.status() < 400) {
      operation.ifPresentOrElse(
          found -> wrong.addAll(request(found, exchange)), () -> wrong.add("is not described"));
    }
    wrong.addAll(answer(operation, exchange));
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "%s %s is answered %d, against the contract:%n  %s%n%s"
              .formatted(
                  exchange.method(),
                  exchange.path(),
                  exchange.status(),
                  String.join("\n  ", wrong),
                  exchange.answer()));
    }
  }

  /**
   * Holds an event to the contract.
   *
   * @throws AssertionError if it is not as described
   */
  public void checkEvent(String type, JsonNode data) {
    JsonNode schema =
        description
            .at("/paths/~1events/get/responses/200/content/text~1event-stream/x-events")
            .path(type);
    List<String> wrong =
        schema.isMissingNode()
            ? List.of("is not described")
            : errors("event " + type, schema, data);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "the event %s is against the contract:%n  %s%n%s"
              .formatted(type, String.join("\n  ", wrong), data));
    }
  }

  private List<String> request(Operation operation, Exchange exchange) {
    List<String> wrong = new ArrayList<>();
    Set<String> unknown = new TreeSet<>(exchange.query().keySet());
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      Optional<String> value =
          switch (parameter.path("in").asText()) {
            case "path" -> Optional.ofNullable(operation.variables().get(name));
            case "query" -> Optional.ofNullable(exchange.query().get(name));
            default -> exchange.requestHeader(name);
          };
      unknown.remove(name);
      if (value.isEmpty() && parameter.path("required").asBoolean()) {
        wrong.add("parameter " + name + " is missing");
      }
      value.ifPresent(
          text ->
              errors(
                      operation.name() + " parameter " + name,
                      parameter.path("schema"),
                      parameterValue(parameter, text))
                  .forEach(error -> wrong.add("parameter " + name + ": " + error)));
    }
    unknown.forEach(name -> wrong.add("there is no parameter " + name));
    JsonNode body = operation.node().path("requestBody");
    if (body.isMissingNode()) {
      // What posts JSON only says nothing so.
      if (!Set.of("", "{}").contains(exchange.sent())) {
        wrong.add("a body is not described");
      }
    } else {
      wrong.addAll(
          content(
              operation.name() + " request",
              body,
              exchange.requestHeader("Content-Type"),
              exchange.sent()));
    }
    return wrong;
  }

  private static JsonNode parameterValue(JsonNode parameter, String text) {
    boolean number = parameter.at("/schema/type").asText().equals("integer");
    return number && text.matches("-?\\d{1,18}")
        ? Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(text))
        : TextNode.valueOf(text);
  }

  private List<String> answer(Optional<Operation> operation, Exchange exchange) {
    String status = Integer.toString(exchange.status());
    JsonNode described =
        operation
            .map(found -> resolved(found.node().path("responses").path(status)))
            .filter(response -> !response.isMissingNode())
            .orElseGet(() -> anywhere(exchange.status()));
    if (described.isMissingNode()) {
      return List.of("this status is not described");
    }
    List<String> wrong = new ArrayList<>();
    described
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (exchange.answerHeader(name).isEmpty()) {
                wrong.add("header " + name + " is missing");
              }
            });
    // What is asked for by HEAD is described as if by GET, and has no body.
    if (exchange.method().equals("HEAD")) {
      return wrong;
    }
    if (!described.has("content")) {
      if (!exchange.answer().isEmpty()) {
        wrong.add("a body is not described");
      }
      return wrong;
    }
    String name = operation.map(Operation::name).orElse("any") + " " + status;
    wrong.addAll(
        content(name, described, exchange.answerHeader("Content-Type"), exchange.answer()));
    return wrong;
  }

  private JsonNode anywhere(int status) {
    return ANYWHERE.contains(status)
        ? description.at("/components/responses/Problem")
        : description.path("none");
  }

  private List<String> content(
      String name, JsonNode described, Optional<String> contentType, String body) {
    String type = contentType.orElse("").replaceFirst("\\s*;.*", "");
    JsonNode content = described.path("content").path(type);
    if (content.isMissingNode()) {
      return List.of("its media type '%s' is not described".formatted(type));
    }
    if (!type.equals(JSON) && !type.equals(PROBLEM)) {
      return List.of();
    }
    try {
      return errors(name + " " + type, content.path("schema"), Json.MAPPER.readTree(body));
    } catch (JsonProcessingException e) {
      return List.of("its body is no JSON: " + e.getOriginalMessage());
    }
  }

  private List<String> errors(String name, JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(name, _ -> schema(schema)).validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  /** A schema that stands anywhere in the description, with what it refers to. */
  private Schema schema(JsonNode schema) {
    ObjectNode document = schema.deepCopy();
    document.set("components", description.path("components"));
    return registry.getSchema(document);
  }

  private JsonNode resolved(JsonNode node) {
    return resolved(description, node);
  }

  static JsonNode resolved(JsonNode description, JsonNode node) {
    return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
  }
}
