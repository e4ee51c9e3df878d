package org.bagnetlab.experiment.patchrobustness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** Sides of an adversary's patches, which must fit into the images. */
record PatchSideList() implements ParameterType<WholeNumbers> {

  private static final WholeNumberList NUMBERS = new WholeNumberList(1, 512);

  @Override
  public Optional<WholeNumbers> read(Fields fields, String name, Values before) {
    return NUMBERS.read(fields, name, before);
  }

  @Override
  public void check(WholeNumbers value, String name, Values before) {
    AboutNetwork.imageSize(before).ifPresent(size -> checkFitting(value, size, name));
  }

  /** Rejects patches that are larger than images of this size. */
  static void checkFitting(WholeNumbers sides, int imageSize, String name) {
    sides.values().stream()
        .filter(side -> side > imageSize)
        .findFirst()
        .ifPresent(
            side -> {
              throw new InvalidSpec(
                  name,
                  "A patch of %d x %d pixels is larger than the images, which have %d x %d."
                      .formatted(side, side, imageSize, imageSize));
            });
  }

  @Override
  public JsonNode request(WholeNumbers value) {
    return NUMBERS.request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    return NUMBERS.schema(before);
  }

  @Override
  public String words(Values before) {
    return NUMBERS.words(before);
  }
}
