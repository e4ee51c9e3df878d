package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Checks what a sweep may have besides its search.
 *
 * @param search its search, if it has one
 * @param trials the specifications of its trials
 * @param followers the jobs that follow each trial
 */
record SearchCheck(Optional<Search> search, Set<JobSpec> trials, List<ObjectNode> followers) {

  /** Fails with {@link InvalidSpec} if a search that learns cannot do so. */
  void learning(Optional<Halving> halving) {
    if (!search.map(Search::learns).orElse(false)) {
      return;
    }
    if (halving.isPresent()) {
      throw new InvalidSpec(
          "halving",
          "halving cannot be combined with random.sampler tpe, since most trials would end without a result to learn from: use medianStopping, or sampler random.");
    }
    requireTrainings("random.sampler");
    search.orElseThrow().ranges().keySet().stream()
        .filter(name -> followers.stream().anyMatch(each -> FollowerRequest.dependsOn(each, name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidSpec(
                  "random." + name,
                  "The jobs of then depend on %s, which random.sampler tpe would change after they are queued: move it to the grid."
                      .formatted(name));
            });
  }

  /** Fails with {@link InvalidSpec} if trials cannot be compared with a median, or never are. */
  void median(MedianStopping median, Optional<Halving> halving) {
    if (halving.isPresent()) {
      throw new InvalidSpec(
          "medianStopping", "medianStopping and halving both stop trials: remove one of them.");
    }
    requireTrainings("medianStopping");
    int each = search.map(Search::trials).orElse(1);
    if (median.afterTrials() >= each) {
      throw new InvalidSpec(
          "medianStopping.afterTrials",
          "medianStopping has no effect: afterTrials is %d, but there are only %d trials to compare. Lower afterTrials or raise random.trials."
              .formatted(median.afterTrials(), each));
    }
    int epochs =
        trials.stream().mapToInt(trial -> trial.get(TrainExperiment.EPOCHS)).max().orElse(0);
    if (!trials.isEmpty() && median.afterEpochs() >= epochs) {
      throw new InvalidSpec(
          "medianStopping.afterEpochs",
          "medianStopping has no effect: afterEpochs is %d, but no trial has more epochs. Lower afterEpochs or raise epochs."
              .formatted(median.afterEpochs()));
    }
  }

  private void requireTrainings(String field) {
    if (!trials.stream().allMatch(TrainSpec.class::isInstance)) {
      throw new InvalidSpec(field, "%s compares trainings; kind must be train.".formatted(field));
    }
  }
}
