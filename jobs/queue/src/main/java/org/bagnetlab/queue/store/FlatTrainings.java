package org.bagnetlab.queue.store;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.rule.FlatRule;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Finds trainings that do not learn.
 *
 * @param rule the rule
 * @param catalogue knows the classes of data sets
 */
public record FlatTrainings(FlatRule rule, Catalogue catalogue) {

  /** Why a training is found after its last stored epoch; empty if it is not. */
  public Optional<Cause> find(Tables tables, long job, TrainSpec training) {
    double warmup =
        training.get(OptimisationParameters.WARMUP) * training.get(TrainExperiment.EPOCHS);
    List<Double> losses =
        tables.runs().epochs(job).stream()
            .filter(epoch -> epoch.epoch() > warmup)
            .map(EpochRow::trainLoss)
            .toList();
    return losses.size() < rule.epochs()
        ? Optional.empty()
        : catalogue
            .classes(training.dataset())
            .filter(classes -> rule.isFlat(losses, classes.size()))
            .map(classes -> new Cause.Flat(rule.epochs(), losses.getLast(), classes.size()));
  }
}
