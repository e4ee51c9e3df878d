package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.server.cli.terminal.Terminal;

/** Describes a job on one line. */
public final class JobText {

  private JobText() {}

  public static String of(JsonNode job) {
    String state = state(job);
    boolean named = job.path("causeCode").asText().equals(Cause.Simple.PAUSED.code());
    String why =
        job.path("error")
            .path("message")
            .asText(named ? "" : job.path("reason").asText("")); // the user who paused it knows why
    return "Job %d, %s: %s%s%s%s%s"
        .formatted(
            job.path("id").asLong(),
            Terminal.line(job.path("title").asText()),
            state,
            state.equals("RUNNING") ? ", " + ProgressText.of(job) : "",
            waiting(job),
            job.has("resumed") ? ", " + Terminal.line(job.path("resumed").asText()) : "",
            why.isEmpty() ? "" : ". " + Terminal.line(why));
  }

  /** The name of its state; a trial that its sweep ended was pruned, not cancelled. */
  static String state(JsonNode job) {
    return job.path("pruned").asBoolean() ? "PRUNED" : job.path("state").asText();
  }

  /** Describes what a job waits for besides a device. Begins with a comma unless empty. */
  static String waiting(JsonNode job) {
    if (job.has("resumesAt")) {
      return ", resumes automatically";
    }
    if (!job.path("state").asText().equals("QUEUED")) {
      return "";
    }
    if (job.has("held")) {
      String sweep = job.path("sweep").asText();
      return ", held: release it with ./bagnetlab sweeps %s --release".formatted(sweep);
    }
    return job.has("waitsFor") ? ", waiting for job " + job.path("waitsFor").asLong() : "";
  }
}
