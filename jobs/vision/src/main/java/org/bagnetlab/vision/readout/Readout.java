package org.bagnetlab.vision.readout;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bagnetlab.vision.network.LogitMap;

/**
 * A rule that classifies an image by the logits of its positions, without anything to be learnt.
 * For a BagNet, a position is a patch.
 */
public enum Readout {
  /** The largest mean of logits over positions: the network's own prediction. */
  MEAN_LOGIT {
    @Override
    public int predicted(LogitMap map, int image) {
      return largest(map.classes(), label -> mean(map.logits(image, label)));
    }
  },

  /** The largest mean of probabilities over positions. */
  MEAN_PROBABILITY {
    @Override
    public int predicted(LogitMap map, int image) {
      double[] sums = new double[map.classes()];
      for (int position = 0; position < map.height() * map.width(); position++) {
        double[] logits = atPosition(map, image, position);
        double largest = Arrays.stream(logits).max().orElseThrow();
        double[] powers = Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).toArray();
        double sum = Arrays.stream(powers).sum();
        Arrays.setAll(sums, label -> sums[label] + powers[label] / sum);
      }
      return largest(map.classes(), label -> sums[label]);
    }
  },

  /** The largest median of logits over positions. */
  MEDIAN_LOGIT {
    @Override
    public int predicted(LogitMap map, int image) {
      return largest(map.classes(), label -> quantile(sorted(map.logits(image, label)), 0.5));
    }
  },

  /**
   * The largest winsorised mean of logits over positions: of a class's logits, the lowest tenth and
   * the highest tenth are replaced by the quantiles where they begin.
   */
  WINSORISED_MEAN {
    @Override
    public int predicted(LogitMap map, int image) {
      return largest(
          map.classes(),
          label -> {
            double[] logits = sorted(map.logits(image, label));
            double low = quantile(logits, TAIL);
            double high = quantile(logits, 1 - TAIL);
            return mean(Arrays.stream(logits).map(x -> Math.clamp(x, low, high)).toArray());
          });
    }
  },

  /** The class that most positions predict; of several, the one with the largest mean of logits. */
  MAJORITY_VOTE {
    @Override
    public int predicted(LogitMap map, int image) {
      double[] votes = votes(map, image);
      double most = Arrays.stream(votes).max().orElseThrow();
      return largest(
          map.classes(),
          label ->
              votes[label] == most ? mean(map.logits(image, label)) : Double.NEGATIVE_INFINITY);
    }
  },

  /** The class with the largest logit at any position. */
  BEST_PATCH {
    @Override
    public int predicted(LogitMap map, int image) {
      return largest(
          map.classes(), label -> Arrays.stream(map.logits(image, label)).max().orElseThrow());
    }
  };

  /** The share of a class's logits that a winsorised mean replaces at each end. */
  private static final double TAIL = 0.1;

  /** The class of an image. */
  public abstract int predicted(LogitMap map, int image);

  /** Its name in results. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The share of positions that predict each class. */
  public static double[] votes(LogitMap map, int image) {
    int positions = map.height() * map.width();
    double[] votes = new double[map.classes()];
    for (int position = 0; position < positions; position++) {
      double[] logits = atPosition(map, image, position);
      votes[largest(logits.length, label -> logits[label])] += 1.0 / positions;
    }
    return votes;
  }

  /** The class with the largest value; if several are equal, the first of them. */
  static int largest(int classes, IntToDoubleFunction value) {
    double[] values = IntStream.range(0, classes).mapToDouble(value).toArray();
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (values[label] > values[best]) {
        best = label;
      }
    }
    return best;
  }

  private static double[] atPosition(LogitMap map, int image, int position) {
    return IntStream.range(0, map.classes())
        .mapToDouble(label -> map.at(image, label, position / map.width(), position % map.width()))
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** The quantile of sorted values, interpolated linearly between neighbours. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
