package org.bagnetlab.worker.train;

import java.util.Optional;
import org.bagnetlab.experiment.train.AugmentationParameters;
import org.bagnetlab.experiment.train.KeptEpoch;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.training.EarlyStopping;
import org.bagnetlab.vision.training.PlateauSchedule;
import org.bagnetlab.vision.training.RateCurve;
import org.bagnetlab.vision.training.ReportSchedule;
import org.bagnetlab.vision.training.Schedule;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.vision.training.TrainingInput;
import org.bagnetlab.vision.training.TrainingState;
import org.bagnetlab.vision.training.WarmUp;
import org.bagnetlab.vision.training.WeightAverage;

/**
 * What the settings of a training mean to the trainer.
 *
 * @param spec the settings
 */
record TrainingPlan(TrainSpec spec) {

  /**
   * The plan of the input.
   *
   * @param classes number of classes
   */
  TrainingInput.Plan input(int classes) {
    return TrainingInput.Plan.of(
        spec.get(TrainExperiment.BATCH_SIZE),
        spec.seed(),
        AugmentationParameters.strengths(spec),
        spec.get(OptimisationParameters.LABEL_SMOOTHING),
        classes);
  }

  /** The average of the weights, without values; empty if the last weights are measured. */
  Optional<WeightAverage> average() {
    double decay = spec.get(OptimisationParameters.EMA);
    return decay > 0 ? Optional.of(new WeightAverage(decay)) : Optional.empty();
  }

  /**
   * The plan of the training.
   *
   * @param batches number of batches of an epoch
   * @param lastEpoch epoch after which the training stops
   */
  Trainer.Plan trainer(int batches, int lastEpoch, Optional<WeightAverage> average) {
    return new Trainer.Plan(
        spec.get(TrainExperiment.EPOCHS),
        lastEpoch,
        schedule(batches),
        objective(),
        spec.get(OptimisationParameters.WEIGHT_DECAY),
        spec.get(OptimisationParameters.CLIP_NORM),
        average);
  }

  /** Whether the network of the last epoch is kept, not that of the best one. */
  boolean keepsLast() {
    return spec.get(OptimisationParameters.KEEP) == KeptEpoch.LAST;
  }

  /** What the file of the kept network contains, in words. */
  String keptWeights() {
    return "weights of the %s epoch".formatted(spec.get(OptimisationParameters.KEEP).text());
  }

  /** The number of the epoch whose network is kept in a state; 0 if none is completed. */
  int keptEpoch(TrainingState state) {
    return keepsLast() ? state.accuracies().size() : state.bestEpoch();
  }

  /** What is minimised. */
  Objective objective() {
    return new Objective(
        spec.get(ObjectiveParameters.LOCAL_WEIGHT), spec.get(ObjectiveParameters.SPARSITY));
  }

  /** A new schedule for epochs of a number of batches. */
  Schedule schedule(int batches) {
    int epochs = spec.get(TrainExperiment.EPOCHS);
    int steps = epochs * batches;
    double rate = spec.get(TrainExperiment.LEARNING_RATE);
    double warmup = spec.get(OptimisationParameters.WARMUP);
    int rise = warmup > 0 ? WarmUp.steps(warmup, steps) : 0;
    Schedule schedule =
        switch (spec.get(OptimisationParameters.SCHEDULE)) {
          case TRAPEZOID -> warm(RateCurve.trapezoid(rate, steps), rise);
          case CONSTANT -> warm(RateCurve.constant(rate), rise);
          case STEP -> warm(RateCurve.step(rate, Math.ceilDiv(epochs, 3) * batches), rise);
          case COSINE -> warm(RateCurve.cosine(rate, rise, steps), rise);
          case ONE_CYCLE -> RateCurve.oneCycle(rate, warmup, steps);
          case PLATEAU -> warm(new PlateauSchedule(rate), rise);
          case REPORT -> warm(new ReportSchedule(rate), rise);
        };
    int patience = spec.get(OptimisationParameters.PATIENCE);
    return patience > 0 ? new EarlyStopping(schedule, patience) : schedule;
  }

  private static Schedule warm(Schedule schedule, int rise) {
    return rise > 0 ? new WarmUp(schedule, rise) : schedule;
  }
}
