package org.bagnetlab.experiment.evaluate;

import java.util.List;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.train.TrainExperiment;

/** Measuring a trained network again, with another scrambling. */
public final class EvaluateExperiment implements Experiment<EvaluateSpec> {

  static final String NAME = "evaluate";

  private static final Parameter<Long> SCRAMBLE_SEED =
      Parameter.of(
              "scrambleSeed",
              "Scrambling seed",
              "Seed of the tile permutations: another seed shuffles each image's tiles differently.",
              new Seed())
          .otherwise(1L);

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
    return "Evaluate a trained network again, with another scrambling seed.";
  }

  @Override
  public Source source() {
    return new Source(Source.REPORT, "Table 1, scrambled");
  }

  @Override
  public Subject subject() {
    return Subject.run();
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(RunNumber.RUN, SCRAMBLE_SEED);
  }

  @Override
  public List<Output> outputs() {
    return List.of(TrainExperiment.ACCURACY, TrainExperiment.LOSS);
  }

  @Override
  public Class<EvaluateSpec> specification() {
    return EvaluateSpec.class;
  }

  @Override
  public String title(EvaluateSpec spec, Catalogue catalogue) {
    return "Evaluation of run %d, scrambled with seed %d"
        .formatted(spec.run(), spec.scrambleSeed());
  }

  @Override
  public double cost(EvaluateSpec spec, Workload workload) {
    return workload.validation() + 2.0 * workload.test();
  }
}
