package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;

/** Imported weights that fit the network. */
record WeightsName() implements ParameterType<NamedWeights> {

  @Override
  public Optional<NamedWeights> read(Fields fields, String name, Values before) {
    return fields
        .text(name)
        .map(
            weights ->
                NamedWeights.of(
                    weights, before.get(TrainExperiment.ARCHITECTURE), before.catalogue()));
  }

  @Override
  public JsonNode request(NamedWeights value) {
    return TextNode.valueOf(value.name());
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string").put("format", "weights");
  }
}
