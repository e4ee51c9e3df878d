package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.cli.lab.Following;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.Terminal;

/** Follows a job in a terminal. */
public final class JobWatch {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The states in which a job continues automatically. */
  public static final List<String> ACTIVE = JobState.Name.namesWhere(JobState.Name::active);

  private JobWatch() {}

  /**
   * Whether a job continues or ends without the user. This includes a trial that is paused until it
   * is compared with the others.
   */
  private static boolean continues(JsonNode job) {
    String state = job.path("state").asText();
    return ACTIVE.contains(state) || (state.equals("PAUSED") && job.has("lastEpoch"));
  }

  /** Follows a job until it ends. Returns 0 if it succeeded, otherwise 1. */
  static int follow(LabClient client, long id, JsonOption json)
      throws IOException, InterruptedException {
    JsonNode job = ended(client, id, json);
    if (json.chosen()) {
      json.print(job, JobText.of(job));
    }
    return succeeded(job) ? 0 : 1;
  }

  static boolean succeeded(JsonNode job) {
    return job.path("state").asText().equals("SUCCEEDED");
  }

  /** Follows a job until it ends, and returns it. */
  static JsonNode ended(LabClient client, long id, JsonOption json)
      throws IOException, InterruptedException {
    String shown = "";
    PrintStream out = json.chosen() ? System.err : System.out;
    Following following = new Following(client, out, PAUSE);
    while (true) {
      JsonNode job = following.get("jobs/" + id);
      String text = JobText.of(job);
      boolean ended = !continues(job);
      if (Terminal.INTERACTIVE) {
        Terminal.clearLine(out);
        out.print(text);
      } else if (!job.path("state").asText().equals(shown)) {
        out.println(text);
      }
      shown = job.path("state").asText();
      if (ended) {
        out.print(Terminal.INTERACTIVE ? "\n" : "");
        return job;
      }
      following.pause();
    }
  }
}
