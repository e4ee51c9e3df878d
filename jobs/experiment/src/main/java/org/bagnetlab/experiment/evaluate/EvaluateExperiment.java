package org.bagnetlab.experiment.evaluate;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.train.TrainExperiment;

/** Measures a network again, with another scrambling or on other images. */
public final class EvaluateExperiment implements Experiment<EvaluateSpec> {

  public static final String NAME = "evaluate";

  private static final Parameter<Long> SCRAMBLE_SEED =
      Parameter.of(
              "scrambleSeed",
              "Scrambling seed",
              "Seed of the tile permutations: another seed shuffles each image's tiles differently.",
              new Seed())
          .defaultsTo(1L);

  /** Share of images recognised, for images other than the run's test images. */
  public static final Output OTHER_ACCURACY = OnImages.other(TrainExperiment.ACCURACY);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Evaluation";
  }

  @Override
  public String summary() {
    return "Evaluate a network again, with another scrambling seed or on other images, or evaluate imported weights.";
  }

  @Override
  public Source source() {
    return new Source(Source.REPORT, "Table 1, scrambled");
  }

  @Override
  public Subject subject() {
    return Subject.network();
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Stream.concat(OnImages.parameters(subject()).stream(), Stream.of(SCRAMBLE_SEED))
        .toList();
  }

  @Override
  public List<Output> outputs() {
    return OnImages.withOthers(TrainExperiment.ACCURACY, TrainExperiment.LOSS);
  }

  @Override
  public Class<EvaluateSpec> specification() {
    return EvaluateSpec.class;
  }

  @Override
  public String title(EvaluateSpec spec, Catalogue catalogue) {
    return "Evaluation of %s, scrambled with seed %d"
        .formatted(spec.networkAndImages(), spec.scrambleSeed());
  }

  @Override
  public double cost(EvaluateSpec spec, Workload workload) {
    return workload.validation() + 2.0 * workload.test();
  }
}
