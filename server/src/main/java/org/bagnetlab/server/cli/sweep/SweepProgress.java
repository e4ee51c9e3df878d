package org.bagnetlab.server.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.bagnetlab.server.cli.job.JobWatch;
import org.bagnetlab.server.cli.job.ProgressText;
import org.bagnetlab.server.cli.lab.Following;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;

/**
 * Shows a sweep's progress in a terminal: a line whenever a job changes its state, and a progress
 * line that is updated in place.
 */
public final class SweepProgress {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Following following;
  private final PrintStream out;
  private final Map<Long, String> states = new HashMap<>();
  private String hold = "";

  public SweepProgress(LabClient client, PrintStream out) {
    this.following = new Following(client, out, PAUSE);
    this.out = out;
  }

  /** Like {@link #follow}, but returns without a failure if the server does not answer. */
  public void followWhilePossible(String sweep) throws InterruptedException {
    try {
      var _ = follow(sweep);
    } catch (IOException | Failure e) {
      clear();
      out.printf("Job progress is no longer shown: %s%n", e.getMessage());
    }
  }

  /**
   * Follows a sweep, and returns it when none of its jobs is queued or running, or when it is held
   * and none is running.
   */
  JsonNode follow(String sweep) throws IOException, InterruptedException {
    while (true) {
      int open = 0;
      String moving = "";
      JsonNode latest = following.get("sweeps/" + LabClient.part(sweep));
      for (JsonNode job : latest.path("jobs")) {
        String state = job.path("state").asText();
        long id = job.path("id").asLong();
        if (!state.equals(states.put(id, state)) && !state.equals("QUEUED")) {
          clear();
          out.printf("  %-12s %s%s%n", state, job.path("title").asText(), outcome(job));
        }
        open += JobWatch.ACTIVE.contains(state) && !job.has("held") ? 1 : 0;
        moving = state.equals("RUNNING") ? ProgressText.of(job) : moving;
      }
      printHold(latest.path("hold").asText(""));
      if (open == 0) {
        clear();
        return latest;
      }
      if (Terminal.INTERACTIVE) {
        clear();
        out.print("  " + moving);
        out.flush();
      }
      following.pause();
    }
  }

  private void printHold(String reason) {
    if (!reason.equals(hold)) {
      clear();
      out.println(reason.isEmpty() ? "  released" : "  held: " + reason);
    }
    hold = reason;
  }

  private String outcome(JsonNode job) throws IOException, InterruptedException {
    String state = job.path("state").asText();
    if (state.equals("SUCCEEDED")) {
      JsonNode results = following.get("runs/" + job.path("id").asLong()).path("results");
      if (!results.has("test")) {
        return "";
      }
      return ": test %.3f, scrambled %.3f"
          .formatted(
              results.path("test").path("accuracy").asDouble(),
              results.path("scrambled").path("accuracy").asDouble());
    }
    String reason = job.path("error").path("message").asText(job.path("reason").asText(""));
    return reason.isEmpty() ? "" : ": " + reason;
  }

  private void clear() {
    Terminal.clearLine(out);
  }
}
