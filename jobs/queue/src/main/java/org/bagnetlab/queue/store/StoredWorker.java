package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.TreeMap;
import org.bagnetlab.protocol.Code;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.protocol.RunningEngine;
import org.bagnetlab.queue.job.WorkerFacts;

/** Reads the stored facts about a job's worker. */
public final class StoredWorker {

  private static final TypeReference<WorkerFacts> FACTS = new TypeReference<>() {};

  private StoredWorker() {}

  /**
   * The facts in their stored form.
   *
   * @throws IllegalStateException if they have another form
   */
  public static WorkerFacts read(String text) {
    ObjectNode stored = Json.object(text);
    return stored.has("provenance") ? Json.read(text, FACTS) : withoutProvenance(stored);
  }

  /** Jobs that were run before there was a provenance have the engine, and the version. */
  private static WorkerFacts withoutProvenance(ObjectNode stored) {
    return WorkerFacts.starting(
        new Provenance(
            new Code(
                stored.path("codeVersion").asText(), Optional.empty(), Optional.empty(), false),
            new RunningEngine(
                stored.path("engine").asText(),
                new TreeMap<>(),
                stored.path("device").asText(),
                stored.path("threads").asInt(),
                stored.path("fastPath").asBoolean(),
                Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        stored.path("pid").asLong());
  }
}
