package org.bagnetlab.server.results;

import java.util.ArrayList;
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
import org.bagnetlab.server.statistics.PairedDifference;

/**
 * Where the runs of a study saw evidence in each test image.
 *
 * @param networks by the architecture, then by the seed
 */
record Evidence(Map<String, SortedMap<Long, Maps>> networks) {

  /** Leaving one out must leave two to correlate. */
  private static final int FEWEST_SEEDS = 3;

  /**
   * A run's maps.
   *
   * @param run the training
   * @param byImage evidence at the same points of every image
   */
  record Maps(long run, Map<String, double[]> byImage) {}

  /** None. */
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
   * How much less the maps of networks with different receptive fields correlate than those of the
   * same network trained with another seed, on the same images: the mean correlation of maps of the
   * same network with different seeds, minus that of different networks with different seeds.
   * Comparing other seeds in both leaves the receptive field as the only difference.
   *
   * <p>Each correlation is of two seeds, so those of different pairs of seeds depend on each other,
   * and their spread would understate the variance. The jackknife's pseudo-values (Arvesen 1969)
   * are as many as the seeds, have the same mean, and spread as much as the mean varies; they take
   * the place of the seeds' differences.
   *
   * @param architectures networks with different receptive fields
   * @return over the images that all runs have; empty with fewer than three seeds of all networks
   */
  Optional<PairedDifference> agreementLostBetweenFields(List<String> architectures) {
    List<Long> seeds = commonSeeds(architectures);
    Set<String> images = commonImages(architectures, seeds);
    if (seeds.size() < FEWEST_SEEDS || images.isEmpty()) {
      return Optional.empty();
    }
    List<Map<String, Double>> pseudoValues = new ArrayList<>();
    seeds.forEach(seed -> pseudoValues.add(new LinkedHashMap<>()));
    for (String image : images) {
      double all = agreementLost(architectures, seeds, image);
      for (int i = 0; i < seeds.size(); i++) {
        List<Long> others = new ArrayList<>(seeds);
        others.remove(i);
        double without = agreementLost(architectures, others, image);
        pseudoValues.get(i).put(image, seeds.size() * all - others.size() * without);
      }
    }
    return Optional.of(PairedDifference.of(pseudoValues));
  }

  private List<Long> commonSeeds(List<String> architectures) {
    TreeSet<Long> common = new TreeSet<>(bySeed(architectures.get(0)).keySet());
    architectures.forEach(name -> common.retainAll(bySeed(name).keySet()));
    return List.copyOf(common);
  }

  private Set<String> commonImages(List<String> architectures, List<Long> seeds) {
    Set<String> common = new LinkedHashSet<>();
    boolean first = true;
    for (String name : architectures) {
      for (long seed : seeds) {
        Set<String> images = maps(name, seed).byImage().keySet();
        if (first) {
          common.addAll(images);
        } else {
          common.retainAll(images);
        }
        first = false;
      }
    }
    return common;
  }

  private Maps maps(String architecture, long seed) {
    return Objects.requireNonNull(bySeed(architecture).get(seed));
  }

  private double agreementLost(List<String> architectures, List<Long> seeds, String image) {
    double same = 0;
    double different = 0;
    int ofSame = 0;
    int ofDifferent = 0;
    for (String ours : architectures) {
      for (String theirs : architectures) {
        for (long one : seeds) {
          for (long other : seeds) {
            if (one == other) {
              continue;
            }
            double r = correlation(map(ours, one, image), map(theirs, other, image));
            if (ours.equals(theirs)) {
              same += r;
              ofSame++;
            } else {
              different += r;
              ofDifferent++;
            }
          }
        }
      }
    }
    return same / ofSame - different / ofDifferent;
  }

  private double[] map(String architecture, long seed, String image) {
    return Objects.requireNonNull(maps(architecture, seed).byImage().get(image));
  }

  /** Pearson's; of a map that is the same everywhere, 0. */
  private static double correlation(double[] one, double[] other) {
    double ofOne = mean(one);
    double ofOther = mean(other);
    double both = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < one.length; i++) {
      both += (one[i] - ofOne) * (other[i] - ofOther);
      first += (one[i] - ofOne) * (one[i] - ofOne);
      second += (other[i] - ofOther) * (other[i] - ofOther);
    }
    return first > 0 && second > 0 ? both / Math.sqrt(first * second) : 0;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
