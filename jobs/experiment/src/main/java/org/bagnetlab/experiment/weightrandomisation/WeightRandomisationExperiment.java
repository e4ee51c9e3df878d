package org.bagnetlab.experiment.weightrandomisation;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;

/**
 * Measures whether a network's heatmaps depend on what it learnt: its stages get new random weights
 * one after another, from the output to the input, and the heatmaps are compared with the original
 * ones. Heatmaps that hardly change reflect the images, not the network.
 */
public final class WeightRandomisationExperiment implements Experiment<WeightRandomisationSpec> {

  static final String NAME = "weight-randomisation";

  /** The readout, the four stages and the stem of a BagNet, and the unchanged network. */
  private static final int NETWORKS = 7;

  private static final Parameter<Integer> MOST_IMAGES = MaskedImages.mostImages(100);

  private static final Parameter<Long> RANDOMISATION_SEED =
      Parameter.of(
              "randomisationSeed", "Randomisation seed", "Decides the new weights.", new Seed())
          .defaultsTo(1L);

  private static final Metric RANK_CORRELATION =
      new Metric(
          "rank-correlation", "Rank correlation", Metric.Unit.CORRELATION, Metric.Better.NEITHER);

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
          SEED);

  /** The same for the magnitudes of the logits: evidence for and against a class counts equally. */
  public static final Output MAGNITUDE_SIMILARITY =
      Output.curve(
          "heatmap-magnitude-similarity",
          "Rank correlation of the heatmaps' magnitudes",
          RANK_CORRELATION,
          RANDOMISED_STAGES,
          SEED);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Weight randomisation";
  }

  @Override
  public String summary() {
    return "Compare a BagNet's heatmaps with those after its stages got random weights, from the output"
        + " on.";
  }

  @Override
  public Source source() {
    return new Source(
        "Adebayo et al., Sanity checks for saliency maps, NeurIPS 2018",
        "4.1, cascading randomization");
  }

  @Override
  public Subject subject() {
    return Subject.network(Requirement.localReceptiveField("it has no heatmap"));
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Stream.concat(
            OnImages.parameters(subject()).stream(), Stream.of(MOST_IMAGES, RANDOMISATION_SEED))
        .toList();
  }

  @Override
  public List<Output> outputs() {
    return OnImages.withOthers(SIMILARITY, MAGNITUDE_SIMILARITY);
  }

  @Override
  public Class<WeightRandomisationSpec> specification() {
    return WeightRandomisationSpec.class;
  }

  @Override
  public String title(WeightRandomisationSpec spec, Catalogue catalogue) {
    return "Weight randomisation of %s, up to %d images, seed %d"
        .formatted(spec.networkAndImages(), spec.mostImages(), spec.randomisationSeed());
  }

  @Override
  public double cost(WeightRandomisationSpec spec, Workload workload) {
    return (double) NETWORKS * Math.min(spec.mostImages(), workload.test());
  }
}
