package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Commands of the server to a worker process, one JSON object per line on its stdin. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerCommand.Run.class, name = "run"),
  @JsonSubTypes.Type(value = WorkerCommand.Stop.class, name = "stop"),
})
public sealed interface WorkerCommand {

  /**
   * Variable in the environment of a worker that is started before there is a job for it: it may
   * leave until its job begins, and is replaced.
   */
  String STARTED_AHEAD = "BAGNETLAB_STARTED_AHEAD";

  /** Exit status of such a worker that could not load what any job needs. */
  int UNPREPARED = 4;

  /**
   * Do this job. The first line, sent once.
   *
   * @param protocol {@link WorkerEvent#PROTOCOL} of the server
   * @param assignment the job and what it needs
   */
  record Run(int protocol, Assignment assignment) implements WorkerCommand {}

  /** Write a checkpoint after the present batch and leave. */
  record Stop() implements WorkerCommand {}
}
