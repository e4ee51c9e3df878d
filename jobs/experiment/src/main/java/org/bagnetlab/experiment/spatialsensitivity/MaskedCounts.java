package org.bagnetlab.experiment.spatialsensitivity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** Numbers of masked tiles; images must have at least the smallest number. */
record MaskedCounts() implements ParameterType<WholeNumbers> {

  private static final WholeNumberList NUMBERS = new WholeNumberList(0, 65_536);

  @Override
  public Optional<WholeNumbers> read(Fields fields, String name, Values before) {
    return NUMBERS.read(fields, name, before);
  }

  @Override
  public void check(WholeNumbers value, String name, Values before) {
    if (before.find(MaskedImages.TILE).isPresent()) {
      AboutNetwork.imageSize(before)
          .ifPresent(size -> checkFitting(value, before.get(MaskedImages.TILE), size, name));
    }
  }

  /** Rejects numbers that all exceed the number of tiles. */
  static void checkFitting(WholeNumbers masked, int tile, int imageSize, String name) {
    int across = imageSize / tile;
    int fewest = masked.values().get(0);
    if (fewest > across * across) {
      throw new InvalidSpec(
          name,
          "%d tiles cannot be masked: images of %d pixels have %d tiles of %d pixels."
              .formatted(fewest, imageSize, across * across, tile));
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
