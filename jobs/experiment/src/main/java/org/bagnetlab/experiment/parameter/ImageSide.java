package org.bagnetlab.experiment.parameter;

import java.util.Optional;
import java.util.function.Function;

/** Sides of images in pixels, large enough for the patches of the network. */
public final class ImageSide {

  /** Scrambling cuts images into this many tiles per side. */
  public static final int MULTIPLE = 4;

  private static final int LARGEST = 512;

  private ImageSide() {}

  /**
   * The sides of images of a data set, given to a network.
   *
   * @param dataset the images' data set, an earlier parameter
   * @param architecture the network, an earlier parameter
   */
  public static ParameterType<Integer> of(
      Function<Values, Optional<String>> dataset, Function<Values, Optional<String>> architecture) {
    return new Checked<>(
        new WholeNumber(
            values -> values.catalogue().smallestImage(dataset.apply(values).orElse("")),
            values -> LARGEST,
            MULTIPLE),
        (side, before) ->
            architecture.apply(before).flatMap(network -> tooSmall(side, network, before)));
  }

  private static Optional<String> tooSmall(int side, String network, Values before) {
    return before
        .catalogue()
        .localReceptiveField(network)
        .filter(patch -> patch > side)
        .map(
            patch ->
                "imageSize must be at least %d for %s, whose receptive field is %d pixels, but is %d."
                    .formatted(smallest(patch), network, patch, side));
  }

  private static int smallest(int patch) {
    return (patch + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }
}
