package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** A precision in which all devices of the lab can compute. */
record AvailablePrecision(Choice<Precision> all) implements ParameterType<Precision> {

  AvailablePrecision() {
    this(new Choice<>(Precision.class, Precision::label));
  }

  @Override
  public Optional<Precision> read(Fields fields, String name, Values before) {
    return all.read(fields, name, before);
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

  @Override
  public InvalidSpec missing(String name, Values before) {
    return all.missing(name, before);
  }

  @Override
  public JsonNode request(Precision value) {
    return all.request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    return all.schema(before);
  }

  @Override
  public String words(Values before) {
    return all.words(before);
  }
}
