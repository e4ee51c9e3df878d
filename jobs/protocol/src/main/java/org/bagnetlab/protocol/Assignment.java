package org.bagnetlab.protocol;

import java.util.Optional;

/**
 * A job as a worker gets it. Paths are absolute.
 *
 * @param job the job's number
 * @param spec what to do
 * @param directory where the worker writes its files; its alone
 * @param datasets directory of the imported data sets
 * @param weights directory of the imported weights, if the job starts from any
 * @param subject the run that an evaluation or a heatmap is about; empty for training
 */
public record Assignment(
    long job,
    JobSpec spec,
    String directory,
    String datasets,
    Optional<String> weights,
    Optional<Subject> subject) {

  /**
   * An earlier run's network.
   *
   * @param spec how it was trained
   * @param checkpoint file of its best epoch
   */
  public record Subject(JobSpec.Train spec, String checkpoint) {}
}
