package org.bagnetlab.experiment.localisation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/**
 * The data set whose marks are known, as the only choice of a parameter.
 *
 * @param all the choices that the parameter has without this
 */
record KnownMarks<T>(ParameterType<T> all) implements ParameterType<T> {

  /** The parameter without its other choices. */
  static <T> Parameter<T> only(Parameter<T> parameter) {
    return new Parameter<>(
        parameter.name(),
        parameter.label(),
        "Images that the network gets: those of %s, whose marks are known."
            .formatted(LocalisationExperiment.DATASET),
        parameter.unit(),
        parameter.option(),
        new KnownMarks<>(parameter.type()),
        parameter.otherwise(),
        parameter.before());
  }

  /** Refuses other data sets. */
  static void checkKnown(String dataset, String field) {
    LocalisationExperiment.refusal(dataset)
        .ifPresent(
            reason -> {
              throw new InvalidSpec(field, reason);
            });
  }

  @Override
  public Optional<T> read(Fields fields, String name, Values before) {
    return all.read(fields, name, before);
  }

  @Override
  public void check(T value, String name, Values before) {
    checkKnown(String.valueOf(value), name);
    all.check(value, name, before);
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return all.missing(name, before);
  }

  @Override
  public JsonNode request(T value) {
    return all.request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "string");
    schema
        .putArray("oneOf")
        .addObject()
        .put("const", LocalisationExperiment.DATASET)
        .put("title", LocalisationExperiment.DATASET);
    return schema;
  }

  @Override
  public String words(Values before) {
    return LocalisationExperiment.DATASET;
  }
}
