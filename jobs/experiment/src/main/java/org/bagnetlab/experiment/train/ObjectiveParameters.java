package org.bagnetlab.experiment.train;

import java.util.List;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.request.Decimal;

/** Parameters of the objective that a training minimises. */
public final class ObjectiveParameters {

  /** The cross-entropy that is minimised. */
  public static final Parameter<ObjectiveName> OBJECTIVE =
      Parameter.of(
              "objective",
              "Objective",
              "The cross-entropy that is minimised.",
              new Choice<>(ObjectiveName.class, ObjectiveName::label))
          .group(ParameterGroup.OBJECTIVE)
          .inCaptionsIfUnusual(objective -> objective.text() + " objective")
          .defaultsTo(ObjectiveName.GLOBAL);

  /** Share of the local cross-entropy. */
  public static final Parameter<Double> LOCAL_WEIGHT =
      Parameter.of(
              "localWeight",
              "Local weight",
              "Share of the local cross-entropy in a mixed objective.",
              new Checked<>(RealNumber.between(0, 1), TrainingChecks::localWeight))
          .group(ParameterGroup.OBJECTIVE)
          .inCaptionsIfUnusual(share -> "local weight " + Decimal.plain(share))
          .defaultsTo(
              Default.from(
                  "0.5 in a mixed objective", values -> values.get(OBJECTIVE).localWeight()));

  /**
   * Factor of an L1 norm of the logit map, as Donteu et al. train sparse BagNets (Sparse
   * activations for interpretable disease grading, MIDL 2023).
   */
  public static final Parameter<Double> SPARSITY =
      Parameter.of(
              "sparsity",
              "Sparsity",
              "Factor of the logit map's mean absolute value, which is added to the cross-entropy so"
                  + " that a BagNet finds evidence in few patches. 0: cross-entropy alone.",
              new Checked<>(RealNumber.between(0, 1000), TrainingChecks::sparsity))
          .group(ParameterGroup.OBJECTIVE)
          .inCaptionsIfUnusual(factor -> "sparsity " + Decimal.plain(factor))
          .defaultsTo(0.0);

  /** Those added after {@link #SPARSITY}, in the order of forms. */
  static final List<Parameter<?>> LATER = List.of(OBJECTIVE, LOCAL_WEIGHT);

  private ObjectiveParameters() {}
}
