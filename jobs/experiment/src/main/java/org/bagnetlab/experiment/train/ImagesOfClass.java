package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.NumberType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.request.Fields;

/**
 * Largest number of images of each class. The word {@link #ALL} stands for no limit, so that the
 * grid of a sweep can list it together with numbers.
 */
record ImagesOfClass() implements NumberType<Integer> {

  static final String ALL = "all";

  private static final WholeNumber BOUNDS = WholeNumber.between(1, 100_000);

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    JsonNode given = fields.values().get(name);
    return given != null && given.asText().equals(ALL)
        ? Optional.empty()
        : BOUNDS.read(fields, name, before);
  }

  @Override
  public Optional<String> absent() {
    return Optional.of(ALL);
  }

  @Override
  public JsonNode request(Integer value) {
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
