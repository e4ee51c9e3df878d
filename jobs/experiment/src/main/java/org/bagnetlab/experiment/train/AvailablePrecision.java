package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Precision;

/** A precision in which all devices of the lab can compute. */
final class AvailablePrecision extends Choice<Precision> {

  AvailablePrecision() {
    super(Precision.class, Precision::label);
  }

  @Override
  public void check(Precision value, String name, Values before) {
    if (value != Precision.FP32) {
      before
          .catalogue()
          .onlyFp32()
          .ifPresent(
              why -> {
                throw new InvalidSpec(
                    name, "%s must be fp32, but is %s. %s".formatted(name, value.text(), why));
              });
    }
  }
}
