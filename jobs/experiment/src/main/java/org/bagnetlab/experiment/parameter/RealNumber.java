package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;

/**
 * Numbers within bounds.
 *
 * @param least the minimum, which may depend on other values
 * @param most the maximum
 */
public record RealNumber(ToDoubleFunction<Values> least, ToDoubleFunction<Values> most)
    implements ParameterType<Double> {

  /** All numbers of a range. */
  public static RealNumber between(double least, double most) {
    return new RealNumber(values -> least, values -> most);
  }

  @Override
  public Optional<Double> read(Fields fields, String name, Values before) {
    return fields.real(name, least.applyAsDouble(before), most.applyAsDouble(before));
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", "number")
        .put("minimum", least.applyAsDouble(before))
        .put("maximum", most.applyAsDouble(before));
  }

  @Override
  public String words(Values before) {
    return "%s to %s"
        .formatted(
            Decimal.plain(least.applyAsDouble(before)), Decimal.plain(most.applyAsDouble(before)));
  }
}
