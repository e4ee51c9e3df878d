package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;

/** Any whole number; each gives a different random draw. */
public record Seed() implements ParameterType<Long> {

  @Override
  public Optional<Long> read(Fields fields, String name, Values before) {
    return fields.number(name);
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "integer").put("format", "seed");
  }
}
