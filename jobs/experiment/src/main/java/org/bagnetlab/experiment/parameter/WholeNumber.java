package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;

/**
 * Whole numbers within bounds, which may depend on other values.
 *
 * @param least the minimum
 * @param most the maximum
 * @param multipleOf the number of which all values are multiples
 */
public record WholeNumber(ToIntFunction<Values> least, ToIntFunction<Values> most, int multipleOf)
    implements ParameterType<Integer> {

  /** All numbers of a range. */
  public static WholeNumber between(int least, int most) {
    return new WholeNumber(values -> least, values -> most, 1);
  }

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    return fields.integer(name, least.applyAsInt(before), most.applyAsInt(before));
  }

  @Override
  public Optional<String> problem(Integer value, String name, Values before) {
    return value % multipleOf == 0
        ? Optional.empty()
        : Optional.of("%s must be a multiple of %d, but is %d.".formatted(name, multipleOf, value));
  }

  @Override
  public ObjectNode schema(Values before) {
    ObjectNode schema =
        Json.MAPPER
            .createObjectNode()
            .put("type", "integer")
            .put("minimum", least.applyAsInt(before))
            .put("maximum", most.applyAsInt(before));
    return multipleOf == 1 ? schema : schema.put("multipleOf", multipleOf);
  }

  @Override
  public String words(Values before) {
    return "%d to %d".formatted(least.applyAsInt(before), most.applyAsInt(before))
        + (multipleOf == 1 ? "" : ", a multiple of " + multipleOf);
  }
}
