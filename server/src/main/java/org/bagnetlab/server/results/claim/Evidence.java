package org.bagnetlab.server.results.claim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bagnetlab.experiment.evidence.PositiveEvidence;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * Maps that show where in each test image the runs of a study found evidence.
 *
 * @param networks maps by architecture, then by seed
 */
public record Evidence(Map<String, SortedMap<Long, Maps>> networks) {

  /**
   * A run's maps.
   *
   * @param run the training
   * @param byImage evidence by image, at the same points of every image
   */
  record Maps(long run, Map<String, double[]> byImage) {}

  /** No maps. */
  static Evidence none() {
    return new Evidence(Map.of());
  }

  int seeds(String architecture) {
    return bySeed(architecture).size();
  }

  List<Long> runs(String architecture) {
    return bySeed(architecture).values().stream().map(Maps::run).toList();
  }

  private SortedMap<Long, Maps> bySeed(String architecture) {
    return networks.getOrDefault(architecture, new TreeMap<>());
  }

  /**
   * How much less the maps of networks with different receptive fields correlate than they would if
   * the networks found evidence at the same places. Even then the maps would not be equal, since
   * training adds noise, to some networks more than to others. Training the same network with
   * another seed shows how much noise: if networks a and b found evidence at the same places, their
   * maps would have a correlation equal to the geometric mean of the correlation among a's maps and
   * that among b's maps (Spearman's correction for attenuation). The result is this mean minus the
   * correlation of a's maps with b's maps, averaged over all pairs of networks, and always between
   * different seeds.
   *
   * <p>Each correlation involves two seeds, so correlations of different pairs of seeds are not
   * independent, and their spread would understate the variance. Instead, the difference of each
   * seed is replaced by its pseudo-value of the jackknife (Arvesen 1969). The pseudo-values have
   * the same mean, and their spread shows the variance of the mean. The geometric mean is
   * linearised in the correlations of the images.
   *
   * @param architectures networks with different receptive fields
   * @return the result over the images that all runs have; empty if the networks share fewer than
   *     three seeds, or if the maps of a network do not correlate between seeds
   */
  Optional<PairedDifference> agreementLostBetweenFields(List<String> architectures) {
    List<Long> seeds = commonSeeds(architectures);
    Set<String> images = commonImages(architectures, seeds);
    if (seeds.size() < SeedMean.FEWEST_SEEDS || images.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Correlations> correlations = new LinkedHashMap<>();
    for (String image : images) {
      correlations.put(image, Correlations.of(maps(architectures, seeds, image)));
    }
    double[] reliabilities = reliabilities(correlations.values(), architectures.size());
    if (Arrays.stream(reliabilities).anyMatch(reliability -> reliability <= 0)) {
      return Optional.empty();
    }
    List<Map<String, Double>> pseudoValues = new ArrayList<>();
    seeds.forEach(seed -> pseudoValues.add(new LinkedHashMap<>()));
    correlations.forEach(
        (image, ofImage) -> {
          double all = ofImage.lost(reliabilities, Correlations.ALL_SEEDS);
          for (int i = 0; i < seeds.size(); i++) {
            double without = ofImage.lost(reliabilities, i);
            pseudoValues.get(i).put(image, seeds.size() * all - (seeds.size() - 1) * without);
          }
        });
    return Optional.of(PairedDifference.ofOne(pseudoValues));
  }

  /**
   * How much more of its positive evidence the first network finds in the upper half of images than
   * the second one: the mean over seeds and images of the difference of shares. An image counts for
   * a seed if both networks find positive evidence in it.
   *
   * @return empty if the networks share no seed with such an image
   */
  Optional<PairedDifference> lead(String first, String second) {
    List<Map<String, Double>> ofFirst = new ArrayList<>();
    List<Map<String, Double>> ofSecond = new ArrayList<>();
    for (long seed : commonSeeds(List.of(first, second))) {
      Map<String, Double> more = upperShares(maps(first, seed));
      Map<String, Double> less = upperShares(maps(second, seed));
      more.keySet().retainAll(less.keySet());
      less.keySet().retainAll(more.keySet());
      if (!more.isEmpty()) {
        ofFirst.add(more);
        ofSecond.add(less);
      }
    }
    return ofFirst.isEmpty()
        ? Optional.empty()
        : Optional.of(PairedDifference.between(ofFirst, ofSecond));
  }

  private static Map<String, Double> upperShares(Maps maps) {
    Map<String, Double> shares = new LinkedHashMap<>();
    maps.byImage()
        .forEach(
            (image, map) ->
                PositiveEvidence.upperShare(map).ifPresent(share -> shares.put(image, share)));
    return shares;
  }

  /** The correlation of each network's maps between seeds, over all images. */
  private static double[] reliabilities(Collection<Correlations> images, int networks) {
    double[] means = new double[networks];
    for (Correlations each : images) {
      for (int network = 0; network < networks; network++) {
        means[network] += each.mean(network, network, Correlations.ALL_SEEDS) / images.size();
      }
    }
    return means;
  }

  /** The maps, indexed by network, then by seed. */
  private double[][][] maps(List<String> architectures, List<Long> seeds, String image) {
    return architectures.stream()
        .map(name -> seeds.stream().map(seed -> map(name, seed, image)).toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  private List<Long> commonSeeds(List<String> architectures) {
    TreeSet<Long> common = new TreeSet<>(bySeed(architectures.get(0)).keySet());
    architectures.forEach(name -> common.retainAll(bySeed(name).keySet()));
    return List.copyOf(common);
  }

  private Set<String> commonImages(List<String> architectures, List<Long> seeds) {
    List<Set<String>> images =
        architectures.stream()
            .flatMap(name -> seeds.stream().map(seed -> maps(name, seed).byImage().keySet()))
            .toList();
    Set<String> common = new LinkedHashSet<>();
    images.stream().findFirst().ifPresent(common::addAll);
    images.forEach(common::retainAll);
    return common;
  }

  private Maps maps(String architecture, long seed) {
    return Objects.requireNonNull(bySeed(architecture).get(seed));
  }

  private double[] map(String architecture, long seed, String image) {
    return Objects.requireNonNull(maps(architecture, seed).byImage().get(image));
  }
}
