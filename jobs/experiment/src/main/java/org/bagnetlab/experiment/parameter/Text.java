package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;

/**
 * A name that only the worker can check.
 *
 * @param format the kind of name, so that forms can offer choices: {@code image} or {@code class}
 */
public record Text(String format) implements ParameterType<String> {

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    return fields.text(name);
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", "string")
        .put("format", format)
        .put("minLength", 1)
        .put("maxLength", Fields.LONGEST_TEXT);
  }
}
