package org.bagnetlab.experiment.weightrandomisation;

import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;

/**
 * Measures whether a network's heatmaps depend on what it learnt: its stages get new random weights
 * one after another, from the output to the input, and the heatmaps are compared with the original
 * ones. Heatmaps that hardly change reflect the images, not the network.
 */
public final class WeightRandomisationExperiment extends NetworkExperiment {

  static final String NAME = "weight-randomisation";

  /**
   * The number of compared networks: the unchanged one, and one each for the readout, the four
   * stages and the stem of a BagNet.
   */
  private static final int NETWORKS = 7;

  /** Number of images whose heatmaps are compared. */
  public static final Parameter<Integer> MOST_IMAGES = NetworkParameters.mostImages(100);

  /** Seed of the new weights. */
  public static final Parameter<Long> RANDOMISATION_SEED =
      Parameter.of(
              "randomisationSeed", "Randomisation seed", "Decides the new weights.", new Seed())
          .defaultsTo(1L);

  private static final Metric RANK_CORRELATION =
      Metric.of("rank-correlation", "Rank correlation", Metric.Unit.CORRELATION);

  /** Number of stages with new weights, counted from the output. */
  public static final Axis RANDOMISED_STAGES = Axis.of("randomisedStages", "Randomised stages");

  /** The seed of the new weights. */
  public static final Axis SEED = Axis.of(RANDOMISATION_SEED.name(), RANDOMISATION_SEED.label());

  /**
   * Spearman's rank correlation of the logits of an image's class over its patches with those of
   * the original network, averaged over images; 1 with 0 randomised stages.
   */
  public static final Output SIMILARITY =
      Output.curve(
              "heatmap-similarity",
              "Rank correlation of heatmaps",
              RANK_CORRELATION,
              RANDOMISED_STAGES,
              SEED)
          .read(staying("the order"));

  /**
   * The same correlation for the magnitudes of the logits, so that evidence for and against a class
   * counts equally.
   */
  public static final Output MAGNITUDE_SIMILARITY =
      Output.curve(
              "heatmap-magnitude-similarity",
              "Rank correlation of the heatmaps' magnitudes",
              RANK_CORRELATION,
              RANDOMISED_STAGES,
              SEED)
          .read(staying("the order of magnitudes"));

  /** How correlations are read of what may stay when all stages are random. */
  private static OutputReading staying(String order) {
    return new OutputReading.Boundary(
        "At 1, maps are ordered as those of the trained network; at 0, not at all. Maps that keep their order when all stages are random show the image, not what the network learnt.",
        0,
        OutputReading.Boundary.Compared.LAST_MEANS,
        "Part of %s stays when all stages are random, and so is not due to what was learnt"
            .formatted(order),
        "With all stages random %s is rather reversed".formatted(order));
  }

  public WeightRandomisationExperiment() {
    super(
        NAME,
        "Weight randomisation",
        "Compare a BagNet's heatmaps with those after its stages got random weights, from the output"
            + " on.",
        new Source(
            "Adebayo et al., Sanity checks for saliency maps, NeurIPS 2018",
            "4.1, cascading randomization"),
        Subject.network(Requirement.localReceptiveField("it has no heatmap")),
        NetworkParameters.onImages(MOST_IMAGES, RANDOMISATION_SEED),
        OnImages.withOthers(SIMILARITY, MAGNITUDE_SIMILARITY));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Weight randomisation of %s, up to %d images, seed %d"
        .formatted(spec.networkAndImages(), spec.get(MOST_IMAGES), spec.get(RANDOMISATION_SEED));
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return (double) NETWORKS * Math.min(spec.get(MOST_IMAGES), workload.test());
  }
}
