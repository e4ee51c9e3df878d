package org.bagnetlab.experiment.spatialsensitivity;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Measures a network while the tiles that count most in each image are masked.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param mostImages largest number of them that are used
 * @param tile side of a tile in pixels
 * @param masked numbers of masked tiles
 * @param orderSeed decides the random order of each image's tiles
 */
public record SpatialSensitivitySpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    int mostImages,
    int tile,
    WholeNumbers masked,
    long orderSeed)
    implements OnImages {

  /** Of a run, on its own test images. */
  public SpatialSensitivitySpec(
      long run, int mostImages, int tile, WholeNumbers masked, long orderSeed) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        mostImages,
        tile,
        masked,
        orderSeed);
  }

  /** With the numbers of masked tiles that images of a size have. */
  public SpatialSensitivitySpec fitting(int size) {
    int across = size / tile;
    return new SpatialSensitivitySpec(
        run,
        weights,
        dataset,
        imageSize,
        images,
        subset,
        subsetSeed,
        mostImages,
        tile,
        new WholeNumbers(
            masked.values().stream().filter(count -> count <= across * across).toList()),
        orderSeed);
  }

  @Override
  public String kind() {
    return SpatialSensitivityExperiment.NAME;
  }
}
