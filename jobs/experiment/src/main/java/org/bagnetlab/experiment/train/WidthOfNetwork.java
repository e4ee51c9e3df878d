package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.NumberType;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** A factor on the channel counts, determined by the starting weights if there are any. */
record WidthOfNetwork() implements NumberType<Double> {

  private static final RealNumber BOUNDS =
      new RealNumber(
          values -> values.catalogue().smallestWidth(),
          values -> values.catalogue().largestWidth());

  @Override
  public Optional<Double> read(Fields fields, String name, Values before) {
    return BOUNDS.read(fields, name, before);
  }

  @Override
  public void check(Double value, String name, Values before) {
    WeightsName.width(before)
        .filter(width -> !width.equals(value))
        .ifPresent(
            width -> {
              throw new InvalidSpec(
                  name,
                  "width must match the weights '%s', %s, but is %s. Omit it to use theirs."
                      .formatted(
                          before.get(TrainExperiment.WEIGHTS).name(),
                          Decimal.plain(width),
                          Decimal.plain(value)));
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
