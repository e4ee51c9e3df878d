package org.bagnetlab.server.results.failure;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * A value that failed jobs share, and how many jobs with it failed.
 *
 * @param parameter its parameter
 * @param value the value as in a request
 * @param failed number of jobs with the value that failed for the cause
 * @param of number of jobs with the value that ended
 */
record SharedValue(Parameter<?> parameter, JsonNode value, int failed, int of) {

  double fraction() {
    return (double) failed / of;
  }

  FailureShare share() {
    return new FailureShare(parameter.name(), parameter.label(), value, failed, of);
  }

  /**
   * Whether this value says no more than another one: all jobs that failed with it also have the
   * other value, which decides its default, and fail as often with that.
   *
   * @param failed the jobs that failed for the cause
   * @param ended all jobs of the same experiment that ended
   */
  boolean followsFrom(SharedValue other, JobsByValue failed, JobsByValue ended) {
    return !parameter.equals(other.parameter)
        && fraction() <= other.fraction()
        && failed.with(parameter, value).stream().allMatch(other::isOf)
        && isDecidedBy(other, failed.with(parameter, value).getFirst(), ended);
  }

  private boolean isOf(Settings job) {
    return job.request(parameter).filter(value::equals).isPresent();
  }

  /** Whether the value is the job's default, and would not be with another value of the other. */
  private boolean isDecidedBy(SharedValue other, Settings job, JobsByValue ended) {
    return job.defaults().contains(parameter)
        && ended.of(other.parameter).values().stream()
            .map(jobs -> replaced(job, other.parameter, jobs.getFirst()))
            .anyMatch(changed -> !changed.defaults().contains(parameter));
  }

  private static <T> Settings replaced(Settings job, Parameter<T> parameter, Settings other) {
    return job.with(parameter, other.find(parameter));
  }
}
