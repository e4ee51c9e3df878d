package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/**
 * The id of a training whose network another training starts from. Whether it exists, and how it
 * was trained, is looked up when the job is queued.
 */
record StartingRunNumber() implements ParameterType<StartingRun> {

  @Override
  public Optional<StartingRun> read(Fields fields, String name, Values before) {
    Optional<Long> run = fields.number(name);
    run.filter(id -> id < 1)
        .ifPresent(
            id -> {
              throw new InvalidSpec(
                  name, "%s must be the number of a run, from 1, but is %d.".formatted(name, id));
            });
    if (run.isPresent() && before.find(TrainExperiment.WEIGHTS).isPresent()) {
      throw new InvalidSpec(
          name,
          "%s and %s are both given: choose one network to start from."
              .formatted(TrainExperiment.WEIGHTS.name(), name));
    }
    return run.map(StartingRun::requested);
  }

  @Override
  public JsonNode request(StartingRun value) {
    return value.run() > 0 ? LongNode.valueOf(value.run()) : TextNode.valueOf("several");
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "integer").put("format", "starting-run");
  }
}
