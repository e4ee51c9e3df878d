package org.bagnetlab.experiment.faithfulness;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures how well saliency maps say what a network's prediction depends on.
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
 * @param steps steps from the whole image to none of it
 * @param orderSeed decides the random order of each image's tiles
 */
public record FaithfulnessSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    int mostImages,
    int tile,
    int steps,
    long orderSeed)
    implements OnImages {

  /** Of a run, on its own test images. */
  public FaithfulnessSpec(long run, int mostImages, int tile, int steps, long orderSeed) {
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
        steps,
        orderSeed);
  }

  /** With no more steps than images of a size have tiles. */
  public FaithfulnessSpec fitting(int size) {
    int across = size / tile;
    return new FaithfulnessSpec(
        run,
        weights,
        dataset,
        imageSize,
        images,
        subset,
        subsetSeed,
        mostImages,
        tile,
        Math.min(steps, across * across),
        orderSeed);
  }

  @Override
  public String kind() {
    return FaithfulnessExperiment.NAME;
  }
}
