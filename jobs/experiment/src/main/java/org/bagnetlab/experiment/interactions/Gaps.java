package org.bagnetlab.experiment.interactions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * Gaps between masked patches, at least one of which leaves room for two patches in a row.
 *
 * @param patches an earlier parameter: sides of the patches
 */
record Gaps(Parameter<WholeNumbers> patches) implements ParameterType<WholeNumbers> {

  private static final WholeNumberList NUMBERS = new WholeNumberList(0, 256);

  @Override
  public Optional<WholeNumbers> read(Fields fields, String name, Values before) {
    return NUMBERS.read(fields, name, before);
  }

  @Override
  public void check(WholeNumbers value, String name, Values before) {
    if (before.find(patches).isPresent()) {
      AboutNetwork.imageSize(before)
          .ifPresent(size -> checkFitting(before.get(patches), value, size, name));
    }
  }

  /** Rejects patches and gaps if none of them fit into images of this size. */
  static void checkFitting(WholeNumbers patches, WholeNumbers gaps, int imageSize, String name) {
    if (InteractionsSpec.layouts(patches, gaps, 2, imageSize).isEmpty()) {
      throw new InvalidSpec(
          name,
          "Two patches of %d pixels with a gap of %d do not fit into the %d pixels of the images."
              .formatted(patches.values().get(0), gaps.values().get(0), imageSize));
    }
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
