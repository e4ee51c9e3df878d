package org.bagnetlab.experiment.evaluate;

import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.train.TrainExperiment;

/** Measures a network again, with another scrambling or on other images. */
public final class EvaluateExperiment extends NetworkExperiment {

  public static final String NAME = "evaluate";

  /** Seed of the permutation of each image's tiles. */
  public static final Parameter<Long> SCRAMBLE_SEED =
      Parameter.of(
              "scrambleSeed",
              "Scrambling seed",
              "Seed of the tile permutations: another seed shuffles each image's tiles differently.",
              new Seed())
          .defaultsTo(1L);

  /** Share of images recognised, for images other than the run's test images. */
  public static final Output OTHER_ACCURACY = OnImages.other(TrainExperiment.ACCURACY);

  public EvaluateExperiment() {
    super(
        NAME,
        "Evaluation",
        "Evaluate a network again, with another scrambling seed or on other images, or evaluate imported weights.",
        new Source(Source.REPORT, "Table 1, scrambled"),
        Subject.network(),
        NetworkParameters.onImages(SCRAMBLE_SEED),
        OnImages.withOthers(TrainExperiment.ACCURACY, TrainExperiment.LOSS));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Evaluation of %s, scrambled with seed %d"
        .formatted(spec.networkAndImages(), spec.get(SCRAMBLE_SEED));
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.validation() + 2.0 * workload.test();
  }
}
