package org.bagnetlab.server.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Networks of simulated studies: each seed's accuracy is drawn from a distribution, half of what
 * decides over an image is the image's own, the same for all networks and seeds.
 */
public final class SimulatedSeeds {

  /** How the accuracies of seeds are distributed around their mean. */
  public enum Shape {
    NORMAL_NARROW("normal with sd 0.02") {
      @Override
      double deviation(SplittableRandom random) {
        return .02 * random.nextGaussian();
      }
    },
    NORMAL_WIDE("normal with sd 0.08") {
      @Override
      double deviation(SplittableRandom random) {
        return .08 * random.nextGaussian();
      }
    },
    GROUPS_NEAR("two groups 0.1 apart") {
      @Override
      double deviation(SplittableRandom random) {
        return random.nextBoolean() ? .05 : -.05;
      }
    },
    GROUPS_FAR("two groups 0.2 apart") {
      @Override
      double deviation(SplittableRandom random) {
        return random.nextBoolean() ? .1 : -.1;
      }
    },
    GROUPS_EXTREME("two groups 0.5 apart") {
      @Override
      double deviation(SplittableRandom random) {
        return random.nextBoolean() ? .25 : -.25;
      }
    },
    FAILURES("one in five fails by 0.2") {
      @Override
      double deviation(SplittableRandom random) {
        return failing(random, .2);
      }

      @Override
      public double median() {
        return medianOfFailing(.2);
      }
    },
    COLLAPSES("one in five fails by 0.5") {
      @Override
      double deviation(SplittableRandom random) {
        return failing(random, .5);
      }

      @Override
      public double median() {
        return medianOfFailing(.5);
      }
    };

    private final String text;

    Shape(String text) {
      this.text = text;
    }

    /** A seed's, of mean zero. */
    abstract double deviation(SplittableRandom random);

    /** Of deviations: zero for those that are symmetric. */
    public double median() {
      return 0;
    }

    private static double failing(SplittableRandom random, double loss) {
      return .01 * random.nextGaussian() + loss * (random.nextInt(5) == 0 ? -.8 : .2);
    }

    /** Below it are all that fail and .375 of the others. */
    private static double medianOfFailing(double loss) {
      return loss * .2 + .01 * NormalDistribution.of(0, 1).inverseCumulativeProbability(.375);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final SplittableRandom random;
  private final Shape shape;
  private final double[] difficulties;
  private final boolean[] decides;
  private final boolean[][] drawn;

  /**
   * Images for a study.
   *
   * @param images of each seed
   * @param share of the images that a seed draws, which its runs of all networks have; of two seeds
   *     the same share is common to both
   */
  public SimulatedSeeds(SplittableRandom random, Shape shape, int seeds, int images, double share) {
    this.random = random;
    this.shape = shape;
    int all = (int) Math.round(images / share);
    this.difficulties = random.doubles(all).toArray();
    this.decides = new boolean[all];
    for (int i = 0; i < all; i++) {
      decides[i] = random.nextBoolean();
    }
    this.drawn = new boolean[seeds][all];
    for (boolean[] seed : drawn) {
      for (int i = 0; i < all; i++) {
        seed[i] = share == 1 || random.nextDouble() < share;
      }
    }
  }

  /** A network, by seed and image: 1 for right, 0 for wrong, NaN for an image not drawn. */
  public double[][] network(double accuracy) {
    return network(accuracy, shape);
  }

  /** A network whose seeds are distributed in another way. */
  public double[][] network(double accuracy, Shape other) {
    return network(accuracy, other, difficulties);
  }

  /**
   * A network that finds other images hard than other networks do: on these images it is better or
   * worse than on all of the kind.
   */
  public double[][] networkOfItsOwn(double accuracy) {
    return network(accuracy, shape, random.doubles(difficulties.length).toArray());
  }

  private double[][] network(double accuracy, Shape of, double[] hard) {
    double[][] runs = new double[drawn.length][];
    for (int seed = 0; seed < runs.length; seed++) {
      runs[seed] = run(seed, accuracy + of.deviation(random), hard);
    }
    return runs;
  }

  /**
   * What scrambling costs a network, by seed and image: 1 for an image that is recognised only
   * whole, -1 for one that is recognised only scrambled.
   *
   * @param median of the seeds' losses
   */
  public double[][] loss(double accuracy, double median) {
    double[][] losses = new double[drawn.length][];
    for (int seed = 0; seed < losses.length; seed++) {
      double[] whole = run(seed, accuracy, difficulties);
      double[] scrambled =
          run(seed, accuracy - median - (shape.deviation(random) - shape.median()), difficulties);
      Arrays.setAll(whole, i -> whole[i] - scrambled[i]);
      losses[seed] = whole;
    }
    return losses;
  }

  /**
   * Shares of a network, between 0 and 1 for each image, by seed and image. Of what differs between
   * images, most is the image's own, the same for all networks and seeds.
   */
  public double[][] shares(double mean) {
    double[][] shares = new double[drawn.length][];
    for (int seed = 0; seed < shares.length; seed++) {
      double ofSeed = mean + shape.deviation(random);
      double[] run = new double[difficulties.length];
      for (int i = 0; i < run.length; i++) {
        double share = ofSeed + .4 * (difficulties[i] - .5) + .1 * random.nextGaussian();
        run[i] = drawn[seed][i] ? Math.clamp(share, 0, 1) : Double.NaN;
      }
      shares[seed] = run;
    }
    return shares;
  }

  private double[] run(int seed, double accuracy, double[] hard) {
    double[] run = new double[difficulties.length];
    for (int i = 0; i < run.length; i++) {
      boolean right = (decides[i] ? hard[i] : random.nextDouble()) < accuracy;
      run[i] = drawn[seed][i] ? (right ? 1 : 0) : Double.NaN;
    }
    return run;
  }
}
