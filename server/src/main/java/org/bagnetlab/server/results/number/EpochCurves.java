package org.bagnetlab.server.results.number;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Presents the epochs of trainings as results. Epochs are stored in a separate table with one row
 * per epoch. Stored in tidy form, with one row per number, they would fill most of the database.
 */
final class EpochCurves {

  private EpochCurves() {}

  /** The points of an epoch, one for each curve. */
  static List<ResultRow> rows(long job, EpochRow epoch) {
    return List.of(
        point(job, TrainExperiment.EPOCH_ACCURACY, MeasuredSet.TRAIN, epoch, epoch.trainAccuracy()),
        point(
            job,
            TrainExperiment.EPOCH_ACCURACY,
            MeasuredSet.VALIDATION,
            epoch,
            epoch.validationAccuracy()),
        point(job, TrainExperiment.EPOCH_LOSS, MeasuredSet.TRAIN, epoch, epoch.trainLoss()),
        point(
            job, TrainExperiment.EPOCH_LOSS, MeasuredSet.VALIDATION, epoch, epoch.validationLoss()),
        point(
            job,
            TrainExperiment.EPOCH_LEARNING_RATE,
            MeasuredSet.TRAIN,
            epoch,
            epoch.learningRate()));
  }

  private static ResultRow point(
      long job, Output curve, MeasuredSet set, EpochRow epoch, double value) {
    return new ResultRow(
        job,
        curve.name(),
        curve.metric().name(),
        set.text(),
        "{\"%s\":%d}".formatted(TrainExperiment.EPOCH.name(), epoch.epoch()),
        value,
        Optional.empty());
  }

  /** Whether a point is requested. The caller must check the data set and the run. */
  static boolean matches(ResultFilter filter, ResultRow point) {
    return filter.output().map(point.output()::equals).orElse(true)
        && filter.metric().map(point.metric()::equals).orElse(true)
        && filter.set().map(point.set()::equals).orElse(true)
        && filter.experiment().map(TrainExperiment.NAME::equals).orElse(true);
  }

  /** The number of requested points of each epoch. */
  static int wanted(ResultFilter filter) {
    EpochRow any = new EpochRow(1, 0, 0, 0, 0, 0, false, 0);
    return (int) rows(0, any).stream().filter(point -> matches(filter, point)).count();
  }
}
