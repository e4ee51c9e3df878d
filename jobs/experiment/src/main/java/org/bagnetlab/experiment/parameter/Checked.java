package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * Another type, restricted to values that fit the values of earlier parameters. Subclasses change
 * how values are read or described.
 */
public class Checked<T> implements ParameterType<T> {

  private final ParameterType<T> type;
  private final BiFunction<T, Values, Optional<String>> check;

  /** Changes only how values are read or described. */
  protected Checked(ParameterType<T> type) {
    this(type, (value, before) -> Optional.empty());
  }

  /**
   * Adds a check to a type.
   *
   * @param check why a value does not fit the earlier values, as a sentence; empty if it fits. Jobs
   *     on a run are checked again, without a catalogue, when the run is known.
   */
  public Checked(ParameterType<T> type, BiFunction<T, Values, Optional<String>> check) {
    this.type = type;
    this.check = check;
  }

  @Override
  public Optional<T> read(Fields fields, String name, Values before) {
    return type.read(fields, name, before);
  }

  @Override
  public final Optional<String> problem(T value, String name, Values before) {
    return type.problem(value, name, before).or(() -> check.apply(value, before));
  }

  @Override
  public Optional<String> absent() {
    return type.absent();
  }

  @Override
  public final T stored(JsonNode value) {
    return type.stored(value);
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return type.missing(name, before);
  }

  @Override
  public final JsonNode request(T value) {
    return type.request(value);
  }

  @Override
  public final JavaType javaType() {
    return type.javaType();
  }

  @Override
  public ObjectNode schema(Values before) {
    return type.schema(before);
  }

  @Override
  public String words(Values before) {
    return type.words(before);
  }
}
