package org.bagnetlab.experiment;

import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;

/**
 * What a worker can be asked for. Requests, sweeps, the command line, forms, the contract and the
 * panels of results follow from its description; a runner in the worker does it. Found as a service
 * of this type.
 *
 * @param <S> what one of its jobs is to do
 */
public interface Experiment<S extends JobSpec> extends Description {

  /** A record with a component of the name of each parameter. */
  Class<S> specification();

  /** What one of its jobs is, in a line. */
  String title(S spec, Catalogue catalogue);

  /**
   * How much work a job is, in forward passes over an image of its size.
   *
   * @param workload the sizes that it depends on
   */
  double cost(S spec, Workload workload);

  /**
   * Whether its jobs are short enough for a user to wait for, so that they may run in parallel to
   * the queue.
   */
  default boolean interactive() {
    return false;
  }

  /**
   * Refuses what a job asks of a network that was trained like this.
   *
   * @throws InvalidSpec naming the parameter
   */
  default void check(S spec, TrainSpec trained) {}

  /** As {@link #check}, of one of its jobs. */
  default void checkJob(JobSpec spec, TrainSpec trained) {
    check(specification().cast(spec), trained);
  }

  /** The specification with these values. */
  default S specification(Values values) {
    return Json.MAPPER.convertValue(values.byName(), specification());
  }

  /** The title of one of its jobs, which is of this experiment's type. */
  default String titleOf(JobSpec spec, Catalogue catalogue) {
    return title(specification().cast(spec), catalogue);
  }
}
