package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.queue.JobChange;
import org.bagnetlab.server.http.reply.Problem;

/**
 * A change of several jobs.
 *
 * @param jobs their ids, in the order that they are to have if they are moved
 */
record JobChangeReader(List<Long> jobs, JobChange change) {

  private static final int MOST = 1000;

  private static final Map<String, JobChange> ACTIONS =
      Map.of(
          "cancel", new JobChange.Cancel(),
          "pause", new JobChange.Pause(),
          "resume", new JobChange.Resume());

  static JobChangeReader read(JsonNode body) {
    return new JobChangeReader(jobs(body.path("jobs")), change(body));
  }

  private static List<Long> jobs(JsonNode list) {
    Set<Long> jobs = new LinkedHashSet<>();
    for (JsonNode id : list) {
      if (id.isIntegralNumber() && id.canConvertToLong()) {
        jobs.add(id.longValue());
      }
    }
    if (!list.isArray() || jobs.isEmpty() || jobs.size() != list.size() || jobs.size() > MOST) {
      throw Problem.invalid(
          "Invalid change",
          "jobs",
          "jobs must be a list of at most %d different job IDs.".formatted(MOST));
    }
    return List.copyOf(jobs);
  }

  private static JobChange change(JsonNode body) {
    if (body.size() == 2 && body.path("move").isObject()) {
      return new JobChange.Place(MoveReader.read(body.path("move")));
    }
    return Optional.of(body.path("action").asText())
        .filter(action -> body.size() == 2)
        .flatMap(action -> Optional.ofNullable(ACTIONS.get(action)))
        .orElseThrow(
            () ->
                Problem.invalid(
                    "Invalid change",
                    "action",
                    "A change of jobs needs an action (cancel, pause or resume), or a move such as {\"to\": \"first\"}."));
  }
}
