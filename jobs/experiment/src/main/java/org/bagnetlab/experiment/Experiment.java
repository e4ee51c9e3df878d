package org.bagnetlab.experiment;

import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;

/**
 * A kind of job that a worker can do. Requests, sweeps, the command line, forms, the contract and
 * the panels of results are derived from its description; a runner in the worker implements it.
 * Registered as a service of this type.
 *
 * @param <S> the specification of its jobs
 */
public interface Experiment<S extends JobSpec> extends Description {

  /** A record with one component per parameter, with the parameter's name. */
  Class<S> specification();

  /** A one-line title of a job. */
  String title(S spec, Catalogue catalogue);

  /**
   * The cost of a job, in forward passes over an image of its size.
   *
   * @param workload the sizes that it depends on
   */
  double cost(S spec, Workload workload);

  /**
   * Whether its jobs are short enough for a user to wait for, and may run in parallel to the queue.
   */
  default boolean interactive() {
    return false;
  }

  /**
   * Rejects a specification that does not fit a network trained like this.
   *
   * @throws InvalidSpec naming the parameter
   */
  default void check(S spec, TrainSpec trained) {}

  /** Like {@link #check}, for any job of this experiment. */
  default void checkJob(JobSpec spec, TrainSpec trained) {
    check(specification().cast(spec), trained);
  }

  /** The specification with these values. */
  default S specification(Values values) {
    return Json.MAPPER.convertValue(values.byName(), specification());
  }

  /** The title of a job of this experiment. */
  default String titleOf(JobSpec spec, Catalogue catalogue) {
    return title(specification().cast(spec), catalogue);
  }
}
