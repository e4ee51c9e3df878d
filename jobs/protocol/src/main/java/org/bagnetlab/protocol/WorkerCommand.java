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
   * Environment variable of a worker that is started before its job is known. It may exit until its
   * job begins, and is then replaced.
   */
  String STARTED_AHEAD = "BAGNETLAB_STARTED_AHEAD";

  /** Exit status of such a worker if it could not load what every job needs. */
  int UNPREPARED = 4;

  /**
   * Starts a job. Sent once, as the first line.
   *
   * @param protocol {@link WorkerEvent#PROTOCOL} of the server
   * @param assignment the job and what it needs
   */
  record Run(int protocol, Assignment assignment) implements WorkerCommand {}

  /** Requests a checkpoint after the current batch, and then an exit. */
  record Stop() implements WorkerCommand {}
}
