package org.bagnetlab.worker.run;

import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.scrambling.Scheme;
import org.bagnetlab.vision.scrambling.Scramble;

/** How a network's images are scrambled where accuracies, clean and scrambled, are compared. */
public final class ScrambleOf {

  private ScrambleOf() {}

  /** That of a training, which keeps the scheme of its version whenever it is measured again. */
  public static Scramble training(TrainSpec training, long seed) {
    return of(
        seed,
        switch (training.get(TrainExperiment.PREPARATION)) {
          case FLOATING_POINT -> Scheme.NAME_HASH;
          case PILLOW -> Scheme.DIGEST;
        });
  }

  /** That of an imported network: as of new trainings. */
  static Scramble imported(long seed) {
    return of(seed, Scheme.DIGEST);
  }

  private static Scramble of(long seed, Scheme scheme) {
    return new Scramble(TrainSpec.SCRAMBLE_TILES_A_SIDE, seed, scheme);
  }
}
