package org.bagnetlab.experiment.labelnoise;

import java.util.List;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.TrainingParameterProvider;

/** How many training images have a wrong label. */
public final class LabelNoise implements TrainingParameterProvider {

  /** The share of them. */
  public static final Parameter<Double> LABEL_NOISE =
      Parameter.of(
              "labelNoise",
              "Label noise",
              "Share of the training images that get a random label.",
              RealNumber.between(0, 1))
          .group(ParameterGroup.DATA)
          .inCaptionsIfUnusual(share -> "label noise " + Decimal.plain(share))
          .defaultsTo(0.0);

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(LABEL_NOISE);
  }
}
