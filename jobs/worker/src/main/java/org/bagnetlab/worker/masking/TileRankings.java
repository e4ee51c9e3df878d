package org.bagnetlab.worker.masking;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.saliency.Saliency;
import org.bagnetlab.vision.saliency.SaliencyMap;

/**
 * Ranks the tiles of images by each saliency method available for a network, and in random order.
 */
final class TileRankings {

  /**
   * A multiplier for seeds. It is odd and far from the random generator's step, so that the streams
   * of two seeds do not soon overlap.
   */
  private static final long MIX = 0xD1342543DE82EF95L;

  private final MaskGrid tiles;
  private final long seed;
  private final Map<SaliencyMethod, Optional<Saliency>> methods =
      new EnumMap<>(SaliencyMethod.class);

  /**
   * Prepares for a network with its current weights.
   *
   * @param tiles tiles of its images
   * @param seed determines the random order, together with an image's path
   */
  TileRankings(Network network, MaskGrid tiles, long seed) {
    this.tiles = tiles;
    this.seed = seed;
    for (SaliencyMethod method : SaliencyMaps.methods(network)) {
      methods.put(method, SaliencyMaps.of(method, network));
    }
  }

  /**
   * The ranked tiles of each image, by method.
   *
   * @param labels index of the explained class of each image
   * @param paths paths of the images
   */
  List<Map<SaliencyMethod, RankedTiles>> of(Batch images, int[] labels, List<String> paths) {
    List<Map<SaliencyMethod, RankedTiles>> ranked = new ArrayList<>();
    for (int i = 0; i < images.images(); i++) {
      ranked.add(new EnumMap<>(SaliencyMethod.class));
    }
    methods.forEach(
        (method, saliency) -> {
          Optional<List<SaliencyMap>> maps = saliency.map(some -> some.maps(images, labels));
          for (int i = 0; i < ranked.size(); i++) {
            RandomGenerator random = random(paths.get(i));
            ranked
                .get(i)
                .put(
                    method,
                    maps.isPresent()
                        ? RankedTiles.of(tiles, maps.get().get(i), random)
                        : RankedTiles.random(tiles, random));
          }
        });
    return ranked;
  }

  private RandomGenerator random(String path) {
    return new SplittableRandom(seed * MIX + path.hashCode());
  }
}
