package org.bagnetlab.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Schemas that allow no property but those that they name. A client has to expect more, so that the
 * interface can grow, and the description says nothing against it; but what the server says today
 * is described, and a test that meets anything else has found a mistake.
 */
final class ClosedSchemas {

  private final JsonNode open;

  private ClosedSchemas(JsonNode open) {
    this.open = open;
  }

  /** The same description with closed schemas. */
  static JsonNode of(JsonNode description) {
    JsonNode closed = description.deepCopy();
    new ClosedSchemas(description).close(closed, true);
    return closed;
  }

  private void close(JsonNode node, boolean here) {
    if (node instanceof ObjectNode schema && schema.path("allOf") instanceof ArrayNode parts) {
      compose(schema, parts, here);
      return;
    }
    for (JsonNode child : node) {
      close(child, true);
    }
    if (here && node instanceof ObjectNode schema && schema.path("properties").isObject()) {
      if (!schema.has("additionalProperties")) {
        schema.put("additionalProperties", false);
      }
    }
  }

  /** A part must not forbid what others name, so references are replaced by what they mean. */
  private void compose(ObjectNode schema, ArrayNode parts, boolean here) {
    for (int i = 0; i < parts.size(); i++) {
      JsonNode part = Contract.resolved(open, parts.get(i)).deepCopy();
      close(part, false);
      parts.set(i, part);
    }
    if (here) {
      schema.put("unevaluatedProperties", false);
    }
  }
}
