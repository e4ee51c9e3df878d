package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.queue.Move;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.http.reply.Problem;

/** Reads the requested position of a job in the queue. */
final class MoveReader {

  private MoveReader() {}

  static Move read(JsonNode body) {
    if (body.size() == 1 && body.path("to").asText().equals("first")) {
      return new Move.First();
    }
    if (body.size() == 1 && body.path("to").asText().equals("last")) {
      return new Move.Last();
    }
    if (isJob(body, "before")) {
      return new Move.Before(body.path("before").longValue());
    }
    if (isJob(body, "after")) {
      return new Move.After(body.path("after").longValue());
    }
    JsonNode priority = body.path("priority");
    if (body.size() == 1
        && priority.isInt()
        && Math.abs(priority.intValue()) <= JobSpecReader.LARGEST_PRIORITY) {
      return new Move.Priority(priority.intValue());
    }
    if (body.size() == 1 && body.has("priority")) {
      throw Problem.invalid(
          "Invalid move",
          "priority",
          "The priority must be a whole number from %d to %d, but is %s."
              .formatted(
                  -JobSpecReader.LARGEST_PRIORITY,
                  JobSpecReader.LARGEST_PRIORITY,
                  Excerpt.of(priority)));
    }
    throw Problem.invalid(
        "Invalid move",
        "to",
        "A move must be one of {\"to\": \"first\"}, {\"to\": \"last\"}, {\"before\": JOB}, {\"after\": JOB} and {\"priority\": N}, where N is from %d to %d."
            .formatted(-JobSpecReader.LARGEST_PRIORITY, JobSpecReader.LARGEST_PRIORITY));
  }

  private static boolean isJob(JsonNode body, String field) {
    JsonNode value = body.path(field);
    return body.size() == 1 && value.isIntegralNumber() && value.canConvertToLong();
  }
}
