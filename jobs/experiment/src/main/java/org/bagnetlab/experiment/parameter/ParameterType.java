package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/**
 * The allowed values of a parameter.
 *
 * @param <T> the Java type of the values
 */
public interface ParameterType<T> {

  /**
   * The value in a request; empty if it has none.
   *
   * @param before the values of the parameters before this one, on which bounds may depend
   * @throws InvalidSpec if the field has any other value
   */
  Optional<T> read(Fields fields, String name, Values before);

  /** Why a value, given or default, does not fit the earlier values; empty if it fits. */
  default Optional<String> problem(T value, String name, Values before) {
    return Optional.empty();
  }

  /** The error for a missing value. */
  default InvalidSpec missing(String name, Values before) {
    return new InvalidSpec(name, name + " is missing.");
  }

  /** The word that requests no value; empty if a value is required. */
  default Optional<String> absent() {
    return Optional.empty();
  }

  /** A value in the form of a request, which by default is the stored form. */
  default JsonNode request(T value) {
    return Json.MAPPER.valueToTree(value);
  }

  /**
   * Whether values are numbers. Lists can then be sorted by them, and plots can use them as an
   * axis.
   */
  default boolean isNumber() {
    return javaType().isTypeOrSubTypeOf(Number.class);
  }

  /** The Java type of values, as stored in JSON specifications. */
  default JavaType javaType() {
    return Json.MAPPER
        .getTypeFactory()
        .constructType(getClass())
        .findTypeParameters(ParameterType.class)[0];
  }

  /**
   * Reads a value in a stored specification. The value was checked when it was requested.
   *
   * @throws IllegalArgumentException if it is of another type
   */
  default T stored(JsonNode value) {
    return Json.MAPPER.convertValue(value, javaType());
  }

  /** The JSON Schema of the values: types, bounds, choices. */
  ObjectNode schema(Values before);

  /**
   * A short description of the choices and bounds for the command line; empty if the help text is
   * sufficient.
   */
  default String words(Values before) {
    return "";
  }
}
