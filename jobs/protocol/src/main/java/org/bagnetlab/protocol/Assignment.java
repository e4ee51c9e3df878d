package org.bagnetlab.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A job's assignment to a worker. Paths are absolute.
 *
 * @param job the job's id
 * @param spec the job's specification: {@code kind}, the name of an experiment, and its parameters
 * @param directory the directory for the worker's files, which no other worker uses
 * @param datasets directory of the imported data sets
 * @param weights directory of the imported weights, if the job needs any
 * @param subject the run whose network the job uses; empty if the job uses none
 * @param resumption the state of a training saved by an earlier worker; empty to start at the first
 *     epoch
 * @param checkpointSeconds minimum time between two training states
 * @param lastEpoch a training stops after this epoch; it continues only after it was compared with
 *     the other trials
 */
public record Assignment(
    long job,
    ObjectNode spec,
    String directory,
    String datasets,
    Optional<String> weights,
    Optional<Subject> subject,
    Optional<Resumption> resumption,
    int checkpointSeconds,
    Optional<Integer> lastEpoch) {

  /**
   * An earlier run's network.
   *
   * @param spec how it was trained
   * @param checkpoint file of its best epoch
   */
  public record Subject(ObjectNode spec, String checkpoint) {}

  /**
   * The file that a training resumes from.
   *
   * @param checkpoint a file that an earlier worker wrote
   * @param trained whether it holds the best epoch of a completed training, so that only the
   *     measurements remain; otherwise it is a training state
   */
  public record Resumption(String checkpoint, boolean trained) {}
}
