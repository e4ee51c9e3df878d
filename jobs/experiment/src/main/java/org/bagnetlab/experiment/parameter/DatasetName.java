package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** The name of a data set that can be used. */
public record DatasetName() implements ParameterType<String> {

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    return fields.text(name).map(dataset -> usable(dataset, name, before.catalogue()));
  }

  private static String usable(String dataset, String name, Catalogue catalogue) {
    if (catalogue.datasets().contains(dataset) || catalogue.classes(dataset).isPresent()) {
      return dataset;
    }
    catalogue
        .datasetProblem(dataset)
        .ifPresent(
            problem -> {
              throw new InvalidSpec(name, problem);
            });
    return Fields.oneOf(name, dataset, known(catalogue));
  }

  private static List<String> known(Catalogue catalogue) {
    return Stream.concat(catalogue.datasets().stream(), catalogue.datasetForms().stream()).toList();
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return InvalidSpec.missing(name, known(before.catalogue()));
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string").put("format", "dataset");
  }
}
