package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** The name of a data set that can be used. */
public record DatasetName() implements ParameterType<String> {

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    Optional<String> said = fields.text(name);
    said.ifPresent(dataset -> check(dataset, name, before.catalogue()));
    return said;
  }

  private static void check(String dataset, String name, Catalogue catalogue) {
    List<String> usable = catalogue.datasets();
    if (!usable.contains(dataset)) {
      catalogue
          .datasetProblem(dataset)
          .ifPresent(
              problem -> {
                throw new InvalidSpec(name, problem);
              });
    }
    Fields.oneOf(name, dataset, usable);
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return new InvalidSpec(
        name,
        "%s is missing. Known: %s.".formatted(name, Fields.listed(before.catalogue().datasets())));
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string").put("format", "dataset");
  }
}
