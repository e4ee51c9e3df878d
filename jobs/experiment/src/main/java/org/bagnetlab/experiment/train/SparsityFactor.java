package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.parameter.NumberType;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The factor of an L1 norm of the logit map, as Donteu et al. train sparse BagNets (Sparse
 * activations for interpretable disease grading, MIDL 2023). Only for networks whose logit map is
 * their evidence.
 */
record SparsityFactor() implements NumberType<Double> {

  private static final RealNumber BOUNDS = RealNumber.between(0, 1000);

  private static final Requirement EVIDENCE =
      new Requirement(
          "local-receptive-field",
          Requirement.localReceptiveField("").holds(),
          "does not sum local evidence, so there is none to make sparse",
          "choose a BagNet, or sparsity 0");

  @Override
  public Optional<Double> read(Fields fields, String name, Values before) {
    return BOUNDS.read(fields, name, before);
  }

  @Override
  public void check(Double value, String name, Values before) {
    before
        .find(TrainExperiment.ARCHITECTURE)
        .filter(network -> value > 0 && !EVIDENCE.holds().test(before.catalogue(), network))
        .ifPresent(
            network -> {
              throw new InvalidSpec(
                  name,
                  "%s %s: %s."
                      .formatted(
                          before.catalogue().label(network), EVIDENCE.reason(), EVIDENCE.advice()));
            });
  }

  @Override
  public JsonNode request(Double value) {
    return BOUNDS.request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    return BOUNDS.schema(before);
  }

  @Override
  public String words(Values before) {
    return BOUNDS.words(before);
  }
}
