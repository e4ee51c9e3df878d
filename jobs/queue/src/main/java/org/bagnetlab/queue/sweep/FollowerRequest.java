package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;

/** Requests for the follow-up jobs of a training. */
public final class FollowerRequest {

  /** The value of {@code fromRun} with which a training starts from scratch. */
  static final String FROM_SCRATCH = "none";

  private static final String FROM_RUN = TrainExperiment.FROM_RUN.name();

  /** The settings that a training that follows another one cannot have of its own. */
  static final List<String> OF_THE_TRAINING =
      List.of(
          TrainExperiment.ARCHITECTURE.name(),
          TrainExperiment.WIDTH.name(),
          TrainExperiment.WEIGHTS.name());

  /** The settings that it takes from the other one, as far as they are known and not its own. */
  private static final List<Parameter<?>> INHERITED =
      List.of(
          TrainExperiment.ARCHITECTURE,
          TrainExperiment.WIDTH,
          TrainExperiment.SEED,
          TrainExperiment.IMAGE_SIZE,
          TrainExperiment.PRECISION);

  /** The settings of a training with which the request of an analysis is checked. */
  private static final List<String> OF_ANALYSES =
      List.of(
          TrainExperiment.ARCHITECTURE.name(),
          TrainExperiment.DATASET.name(),
          TrainExperiment.IMAGE_SIZE.name());

  private FollowerRequest() {}

  /**
   * The request of a follow-up job. A training has the architecture and width of the one that it
   * follows, and its seed, image size and precision unless it has some of its own.
   *
   * @param follower the settings of the follow-up job
   * @param training the training that it follows
   * @param run id of that training
   */
  public static ObjectNode of(ObjectNode follower, TrainSpec training, long run) {
    ObjectNode request = follower.deepCopy();
    if (!isTraining(follower)) {
      return request.put(RunNumber.RUN.name(), run);
    }
    Settings inherited = inherited(training);
    for (Parameter<?> parameter : INHERITED) {
      if (!request.has(parameter.name())) {
        inherited.request(parameter).ifPresent(value -> request.set(parameter.name(), value));
      }
    }
    if (request.path(FROM_RUN).asText().equals(FROM_SCRATCH)) {
      request.remove(FROM_RUN);
    } else {
      request.put(FROM_RUN, run);
    }
    return request;
  }

  /** Whether a follow-up job, once it is queued, depends on a setting of its training. */
  static boolean dependsOn(ObjectNode follower, String setting) {
    if (!isTraining(follower)) {
      return OF_ANALYSES.contains(setting);
    }
    // The configuration of a training includes that of the one that it starts from.
    return !follower.path(FROM_RUN).asText().equals(FROM_SCRATCH)
        || (!follower.has(setting)
            && INHERITED.stream().map(Parameter::name).anyMatch(setting::equals));
  }

  /** The settings of a training that those that follow it take from it. */
  static Settings inherited(TrainSpec training) {
    return training.settings().only(INHERITED);
  }

  /** The settings of a follow-up job without the run that it uses. */
  static Settings withoutRun(JobSpec follower) {
    return follower.settings().without(RunNumber.RUN).without(TrainExperiment.FROM_RUN);
  }

  /** Whether a follow-up job is a training. */
  static boolean isTraining(ObjectNode follower) {
    return follower.path("kind").asText().equals(TrainExperiment.NAME);
  }
}
