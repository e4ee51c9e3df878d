package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** The id of a training. Whether it exists is checked when the job is queued. */
public record RunNumber() implements ParameterType<Long> {

  /** The parameter of every experiment that works on a run. */
  public static final Parameter<Long> RUN =
      Parameter.of("run", "Training run", "The training whose network is used.", new RunNumber());

  @Override
  public Optional<Long> read(Fields fields, String name, Values before) {
    return fields.number(name);
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return new InvalidSpec(name, name + " is missing: give the number of a train job.");
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "integer").put("format", "run");
  }
}
