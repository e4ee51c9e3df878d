package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/**
 * One of the names in the catalogue.
 *
 * @param format what the names refer to
 * @param names all names
 * @param label of a name, for users
 * @param group of a name, the heading under which users find it
 * @param enumerated whether they are fixed in this version, and thus listed in help and contract
 */
public record Named(
    String format,
    Function<Catalogue, List<String>> names,
    BiFunction<Catalogue, String, String> label,
    BiFunction<Catalogue, String, String> group,
    boolean enumerated)
    implements ParameterType<String> {

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    Optional<String> value = fields.text(name);
    value.ifPresent(known -> Fields.oneOf(name, known, names.apply(before.catalogue())));
    return value;
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return new InvalidSpec(
        name,
        "%s is missing. Known: %s."
            .formatted(name, Fields.listed(names.apply(before.catalogue()))));
  }

  @Override
  public ObjectNode schema(Values before) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "string").put("format", format);
    if (enumerated) {
      ArrayNode choices = schema.putArray("oneOf");
      for (String name : names.apply(before.catalogue())) {
        choices
            .addObject()
            .put("const", name)
            .put("title", label.apply(before.catalogue(), name))
            .put("group", group.apply(before.catalogue(), name));
      }
    }
    return schema;
  }

  @Override
  public String words(Values before) {
    return enumerated ? String.join(", ", names.apply(before.catalogue())) : "";
  }
}
