package org.bagnetlab.experiment.localisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * How much of the evidence that a BagNet sees for an image's class lies within the class's marks.
 * The marks are known of the generated images of {@link #DATASET} alone.
 */
public final class LocalisationExperiment implements Experiment<LocalisationSpec> {

  /** Its name in requests. */
  public static final String NAME = "localisation";

  /** The data set whose marks are known. */
  public static final String DATASET = "controlled-15";

  private static final Parameter<Integer> STRIDE =
      Parameter.of(
              "stride",
              "Stride",
              "Distance between patches in pixels; with 8 the patches are the network's own.",
              new Stride())
          .in("px")
          .otherwise(Stride.LARGEST);

  private static final Metric WITHIN_MARKS =
      new Metric(
          "evidence-within-marks",
          "Evidence within marks",
          Metric.Unit.SHARE,
          Metric.Better.HIGHER);

  private static final Metric POINTING_GAME =
      new Metric("pointing-game", "Pointing game", Metric.Unit.SHARE, Metric.Better.HIGHER);

  private static final Metric MARKED_POINTS =
      new Metric(
          "points-within-marks", "Points within marks", Metric.Unit.SHARE, Metric.Better.NEITHER);

  private static final Metric SHARE =
      new Metric("share", "Share", Metric.Unit.SHARE, Metric.Better.NEITHER);

  /**
   * Share of the positive logits of an image's class, added up, at patches whose centres are within
   * a mark: the mean over images that have any.
   */
  public static final Output EVIDENCE =
      Output.scalar("evidence-within-marks", "Evidence within marks", WITHIN_MARKS);

  /** Share of images whose patch of the largest logit has its centre within a mark. */
  public static final Output POINTING =
      Output.scalar(
          "pointing-game", "Images whose largest evidence is within a mark", POINTING_GAME);

  /**
   * Share of patches whose centres are within a mark: the value of the two others for a network
   * that sees the same everywhere.
   */
  public static final Output CHANCE =
      Output.scalar("chance", "Points within marks, by chance", MARKED_POINTS);

  /** The three numbers of each class; 0 where no image of it has positive logits. */
  public static final Output BY_CLASS =
      Output.matrix(
          "localisation-by-class",
          "Localisation by class",
          SHARE,
          Axis.of("class", "Class"),
          Axis.of("measure", "Share"));

  /** Why it cannot be about a data set; empty: the marks of its images are known. */
  public static Optional<String> refusal(String dataset) {
    return dataset.equals(DATASET)
        ? Optional.empty()
        : Optional.of(
            "Localisation needs images whose marks are known, which are those of %s, not %s."
                .formatted(DATASET, dataset));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Localisation";
  }

  @Override
  public String summary() {
    return "Compare where a BagNet sees evidence with where the marks of the generated images are.";
  }

  @Override
  public Source source() {
    return new Source(
        "Zhang et al., Top-down neural attention by excitation backprop, ECCV 2016",
        "4.1, the pointing game");
  }

  @Override
  public Subject subject() {
    return Subject.network(Requirement.localReceptiveField("its evidence has no place"));
  }

  @Override
  public List<Parameter<?>> parameters() {
    List<Parameter<?>> parameters = new ArrayList<>();
    for (Parameter<?> parameter : OnImages.parameters(subject())) {
      parameters.add(
          parameter.name().equals(OnImages.DATASET.name())
              ? KnownMarks.only(parameter)
              : parameter);
    }
    parameters.add(STRIDE);
    return List.copyOf(parameters);
  }

  @Override
  public List<Output> outputs() {
    return OnImages.withOthers(EVIDENCE, POINTING, CHANCE, BY_CLASS);
  }

  @Override
  public Class<LocalisationSpec> specification() {
    return LocalisationSpec.class;
  }

  @Override
  public void check(LocalisationSpec spec, TrainSpec trained) {
    if (spec.dataset().isEmpty()) {
      KnownMarks.checkKnown(trained.dataset(), OnImages.DATASET.name());
    }
  }

  @Override
  public String title(LocalisationSpec spec, Catalogue catalogue) {
    return "Localisation of %s%s"
        .formatted(
            spec.networkAndImages(),
            spec.stride() == Stride.LARGEST ? "" : ", stride " + spec.stride());
  }

  @Override
  public double cost(LocalisationSpec spec, Workload workload) {
    return workload.test() * workload.heatmap(spec.stride());
  }
}
