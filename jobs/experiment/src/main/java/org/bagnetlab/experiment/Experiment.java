package org.bagnetlab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * A kind of job that a worker can do. Requests, sweeps, the command line, forms, the HTTP contract
 * and the panels of results are derived from its description; a runner in the worker implements it.
 * Experiments are registered as services of this type.
 *
 * @param <S> the specification of its jobs
 */
public interface Experiment<S extends JobSpec> extends Description {

  /** Creates the specification with these settings. */
  S specification(Settings settings);

  /**
   * Reads a stored specification.
   *
   * @throws IllegalArgumentException if a value is missing or not allowed
   */
  default S stored(ObjectNode specification) {
    return specification(Settings.stored(parameters(), specification));
  }

  /** A one-line title of a job. */
  String title(S spec, Catalogue catalogue);

  /**
   * The cost of a job, in forward passes over an image of the job's image size.
   *
   * @param workload the sizes that the cost depends on
   */
  double cost(S spec, Workload workload);

  /**
   * Whether its jobs are so short that a user can wait for them and they may run in parallel to the
   * queue.
   */
  default boolean interactive() {
    return false;
  }

  /**
   * Rejects a specification that does not fit a network trained like this. By default, rejects
   * values that do not fit the size of its images. Overriding methods call the default, too, unless
   * the job's images have a size of their own.
   *
   * @throws InvalidSpec naming the parameter
   */
  default void check(S spec, TrainSpec trained) {
    spec.settings().checkGiven(NetworkParameters.IMAGE_SIZE, trained.imageSize());
  }

  /** Like {@link #check}, for any job of this experiment. */
  default void checkJob(JobSpec spec, TrainSpec trained) {
    check(specification(spec.settings()), trained);
  }

  /** Like {@link #title}, for any job of this experiment. */
  default String titleOf(JobSpec spec, Catalogue catalogue) {
    return title(specification(spec.settings()), catalogue);
  }

  /** Like {@link #cost}, for any job of this experiment. */
  default double costOf(JobSpec spec, Workload workload) {
    return cost(specification(spec.settings()), workload);
  }
}
