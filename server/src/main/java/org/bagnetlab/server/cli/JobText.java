package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A job in a line. */
final class JobText {

  private JobText() {}

  static String of(JsonNode job) {
    String state = job.path("state").asText();
    String why = job.path("error").path("message").asText(job.path("reason").asText(""));
    return "Job %d, %s: %s%s%s"
        .formatted(
            job.path("id").asLong(),
            job.path("title").asText(),
            state,
            state.equals("RUNNING") ? ", " + ProgressText.of(job) : "",
            why.isEmpty() ? "" : ". " + why);
  }
}
