package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.request.Fields;

/**
 * Largest number of images of each class. The word {@link #ALL} stands for no limit, so that the
 * grid of a sweep can contain it among numbers.
 */
final class ImagesOfClass extends Checked<Integer> {

  static final String ALL = "all";

  ImagesOfClass() {
    super(WholeNumber.between(1, 100_000));
  }

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    JsonNode given = fields.values().get(name);
    return given != null && given.asText().equals(ALL)
        ? Optional.empty()
        : super.read(fields, name, before);
  }

  @Override
  public Optional<String> absent() {
    return Optional.of(ALL);
  }
}
