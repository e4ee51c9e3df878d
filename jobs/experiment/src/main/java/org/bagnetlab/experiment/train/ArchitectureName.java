package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** The name of a network that can be trained. */
record ArchitectureName() implements ParameterType<String> {

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    return fields
        .text(name)
        .map(given -> Fields.oneOf(name, given, before.catalogue().architectures()));
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return InvalidSpec.missing(name, before.catalogue().architectures());
  }

  @Override
  public ObjectNode schema(Values before) {
    Catalogue catalogue = before.catalogue();
    ObjectNode schema =
        Json.MAPPER.createObjectNode().put("type", "string").put("format", "architecture");
    ArrayNode choices = schema.putArray("oneOf");
    for (String name : catalogue.architectures()) {
      choices
          .addObject()
          .put("const", name)
          .put("title", catalogue.label(name))
          .put("group", catalogue.family(name));
    }
    return schema;
  }

  @Override
  public String words(Values before) {
    return String.join(", ", before.catalogue().architectures());
  }
}
