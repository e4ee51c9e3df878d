package org.bagnetlab.server.cli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.cli.terminal.Terminal;

/**
 * Polls a server. If it stops responding, polling continues, since the server or its machine may be
 * restarting.
 */
public final class Following {

  private static final Duration PATIENCE = Duration.ofHours(12);

  private final LabClient client;
  private final PrintStream out;
  private final Duration pause;
  private boolean answered;

  /** Creates a poller with an interval between requests. */
  public Following(LabClient client, PrintStream out, Duration pause) {
    this.client = client;
    this.out = out;
    this.pause = pause;
  }

  /** Sends a request, and repeats it until the server answers. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    long lost = 0;
    while (true) {
      try {
        JsonNode answer = client.get(path);
        if (lost != 0) {
          out.println("Reconnected.");
        }
        answered = true;
        return answer;
      } catch (Unreachable e) {
        if (!answered || (lost != 0 && System.nanoTime() - lost > PATIENCE.toNanos())) {
          throw e;
        }
        if (lost == 0) {
          lost = System.nanoTime();
          Terminal.clearLine(out);
          out.println("Connection lost, retrying. Stop with Ctrl-C.");
        }
        pause();
      }
    }
  }

  /** Waits for the interval between requests. */
  public void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
  }
}
