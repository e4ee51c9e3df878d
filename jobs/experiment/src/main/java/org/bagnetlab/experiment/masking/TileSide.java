package org.bagnetlab.experiment.masking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.parameter.NumberType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** Sides in pixels of tiles that divide the images. */
record TileSide() implements NumberType<Integer> {

  private static final WholeNumber BOUNDS = WholeNumber.between(1, 256);

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    return BOUNDS.read(fields, name, before);
  }

  @Override
  public void check(Integer value, String name, Values before) {
    before
        .find(NetworkParameters.IMAGE_SIZE)
        .filter(size -> size % value != 0)
        .ifPresent(
            size -> {
              throw new InvalidSpec(
                  name,
                  "Tiles of %d pixels do not divide the %d pixels of the images."
                      .formatted(value, size));
            });
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
    return BOUNDS.words(before) + ", a divisor of the image size";
  }
}
