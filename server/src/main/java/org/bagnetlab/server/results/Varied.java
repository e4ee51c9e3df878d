package org.bagnetlab.server.results;

import java.util.Optional;
import java.util.OptionalDouble;
import org.bagnetlab.experiment.train.TrainSpec;

/** A setting of trainings in which the points of a curve differ, all else being equal. */
enum Varied {
  /** The number of images that are learnt. */
  TRAIN_IMAGES {
    @Override
    TrainSpec without(TrainSpec spec) {
      return spec.learning(Optional.empty());
    }

    @Override
    OptionalDouble of(MeasuredRun run) {
      return run.learntImages().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }
  },
  /** The factor of the penalty on evidence. */
  SPARSITY {
    @Override
    TrainSpec without(TrainSpec spec) {
      return spec.withSparsity(0);
    }

    @Override
    OptionalDouble of(MeasuredRun run) {
      return OptionalDouble.of(run.spec().sparsity());
    }
  };

  /** A training without what it sets here. */
  abstract TrainSpec without(TrainSpec spec);

  /** What a run had; empty: that is not known. */
  abstract OptionalDouble of(MeasuredRun run);
}
