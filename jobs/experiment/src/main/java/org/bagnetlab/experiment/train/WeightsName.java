package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** Imported weights that fit the network. */
record WeightsName() implements ParameterType<StartingWeights> {

  @Override
  public Optional<StartingWeights> read(Fields fields, String name, Values before) {
    return fields
        .text(name)
        .map(weights -> starting(weights, name, before.get(TrainExperiment.ARCHITECTURE), before));
  }

  private static StartingWeights starting(
      String weights, String name, String architecture, Values before) {
    KnownWeights known = KnownWeights.named(weights, before.catalogue());
    if (!known.architecture().equals(architecture)) {
      throw new InvalidSpec(
          name,
          "The weights '%s' are for %s, not %s. Choose that architecture, or other weights."
              .formatted(weights, known.architecture(), architecture));
    }
    return new StartingWeights(weights, known.checksum(), known.regime());
  }

  /** The factor on the channel counts of the weights, if there are any. */
  static Optional<Double> width(Values values) {
    return values
        .find(TrainExperiment.WEIGHTS)
        .map(weights -> KnownWeights.named(weights.name(), values.catalogue()).width());
  }

  @Override
  public JsonNode request(StartingWeights value) {
    return TextNode.valueOf(value.name());
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string").put("format", "weights");
  }
}
