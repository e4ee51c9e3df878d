package org.bagnetlab.experiment.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/**
 * Imported weights as the network of a job. A request names either a run or weights.
 *
 * @param subject requirements on the network
 */
record NetworkWeights(Subject subject) implements ParameterType<ImportedNetwork> {

  private static final String NAME = "weights";

  static Parameter<ImportedNetwork> parameter(Subject subject) {
    return Parameter.of(
            NAME,
            "Imported weights",
            "Imported weights whose network is used, instead of a run's.",
            new NetworkWeights(subject))
        .essential()
        .defaultsTo(Default.absent("none, the run's network"));
  }

  /** The imported network of a request, if it names one. */
  static Optional<ImportedNetwork> in(Values values) {
    return values.find(NetworkParameters.WEIGHTS);
  }

  @Override
  public Optional<ImportedNetwork> read(Fields fields, String name, Values before) {
    Optional<String> said = fields.text(name);
    String run = RunNumber.RUN.name();
    if (said.isPresent() && before.find(RunNumber.RUN).isPresent()) {
      throw new InvalidSpec(
          name, "%s and %s are both given: choose one network.".formatted(run, name));
    }
    if (said.isEmpty() && !fields.values().containsKey(run)) {
      throw new InvalidSpec(
          run,
          "%s is missing: give the number of a train job, or %s, the name of imported ones."
              .formatted(run, name));
    }
    return said.map(weights -> imported(weights, before.catalogue()));
  }

  private ImportedNetwork imported(String name, Catalogue catalogue) {
    KnownWeights known = KnownWeights.named(name, catalogue);
    subject
        .unmet(catalogue, known.architecture())
        .ifPresent(
            unmet -> {
              throw new InvalidSpec(
                  NAME,
                  "The %s of the weights '%s' %s."
                      .formatted(catalogue.label(known.architecture()), name, unmet.reason()));
            });
    return new ImportedNetwork(
        name, known.checksum(), known.regime(), known.architecture(), known.width());
  }

  @Override
  public JsonNode request(ImportedNetwork value) {
    return TextNode.valueOf(value.name());
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string").put("format", "imported-network");
  }
}
