package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** Commands of the server to a worker process, one JSON object per line on its stdin. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerCommand.Run.class, name = "run"),
  @JsonSubTypes.Type(value = WorkerCommand.Stop.class, name = "stop"),
})
public sealed interface WorkerCommand {

  /**
   * Environment variable of a worker that is started before its job is known. Such a worker may
   * exit before its job begins; it is then replaced.
   */
  String STARTED_AHEAD = "BAGNETLAB_STARTED_AHEAD";

  /** Exit status of a worker started ahead that could not load what every job needs. */
  int UNPREPARED = 4;

  /**
   * Starts a job. Sent once, as the first line.
   *
   * @param protocol {@link WorkerEvent#PROTOCOL} of the server
   * @param assignment the job and what it needs
   * @param share the part of its GPU's memory that the worker may use; empty for no limit
   */
  record Run(int protocol, Assignment assignment, Optional<MemoryShare> share)
      implements WorkerCommand {}

  /** Asks the worker to write a checkpoint after the current batch and then exit. */
  record Stop() implements WorkerCommand {}
}
