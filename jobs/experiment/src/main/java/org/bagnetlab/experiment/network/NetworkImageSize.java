package org.bagnetlab.experiment.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.ImageSide;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * Side of an imported network's input images. A run's network uses the image size of its training.
 */
final class NetworkImageSize extends Checked<Integer> {

  /** The size used to train public weights, including the report's. */
  private static final int USUAL = 224;

  static final Parameter<Integer> IMAGE_SIZE =
      Parameter.of(
              "imageSize",
              "Image size",
              "Side of the images that imported weights get, in pixels, a multiple of 4.",
              new NetworkImageSize())
          .in("px")
          .option("--size")
          .essential()
          .defaultsTo(
              new Default<>(
                  Optional.of("that of the run, with weights " + USUAL),
                  true,
                  values -> NetworkWeights.in(values).map(imported -> USUAL)));

  private NetworkImageSize() {
    super(
        ImageSide.of(
            values -> values.find(NetworkDataset.DATASET),
            values -> NetworkWeights.in(values).map(ImportedNetwork::architecture)));
  }

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    Optional<Integer> said = super.read(fields, name, before);
    if (said.isPresent() && before.find(RunNumber.RUN).isPresent()) {
      throw new InvalidSpec(
          name, "%s is set by the run: give it with imported weights only.".formatted(name));
    }
    return said;
  }

  @Override
  public ObjectNode schema(Values before) {
    return super.schema(before).put("format", "imported-size");
  }
}
