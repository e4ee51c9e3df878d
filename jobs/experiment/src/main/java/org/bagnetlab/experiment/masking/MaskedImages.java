package org.bagnetlab.experiment.masking;

import java.util.Optional;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;

/** Parameters and metrics of experiments that mask tiles of images. */
public final class MaskedImages {

  /** Side of the tiles. */
  public static final Parameter<Integer> TILE =
      Parameter.of(
              "tile",
              "Side of a tile",
              "Images are masked in square tiles of this side, which must divide the image size.",
              new Checked<>(WholeNumber.between(1, 256), MaskedImages::notDividing) {
                @Override
                public String words(Values before) {
                  return super.words(before) + ", a divisor of the image size";
                }
              })
          .in("px")
          .defaultsTo(8);

  /** Seed of the tiles' random order. */
  public static final Parameter<Long> ORDER_SEED =
      Parameter.of(
              "orderSeed",
              "Seed of the random order",
              "Decides the random order of each image's tiles, and that of tiles that count the same.",
              new Seed())
          .defaultsTo(1L);

  /** The softmax of the logits. */
  public static final Metric PROBABILITY =
      Metric.of("probability", "Probability", Metric.Unit.SHARE);

  private MaskedImages() {}

  private static Optional<String> notDividing(int tile, Values before) {
    return before
        .find(NetworkParameters.IMAGE_SIZE)
        .filter(size -> size % tile != 0)
        .map(
            size ->
                "Tiles of %d pixels do not divide the %d pixels of the images."
                    .formatted(tile, size));
  }
}
