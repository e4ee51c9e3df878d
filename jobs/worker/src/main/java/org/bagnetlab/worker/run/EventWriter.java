package org.bagnetlab.worker.run;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;

/** Writes events to stdout, one line each. */
public final class EventWriter {

  private static final int HEARTBEAT_SECONDS = 5;

  private final PrintStream out;

  /** Writes to the given stream. */
  public EventWriter(PrintStream out) {
    this.out = out;
  }

  /** Writes an event. */
  public synchronized void write(WorkerEvent event) {
    out.println(Json.line(event));
  }

  /** Reports every few seconds that the process is alive. */
  public void startHeartbeat() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    var _ =
        clock.scheduleAtFixedRate(
            () -> write(new WorkerEvent.Heartbeat()),
            HEARTBEAT_SECONDS,
            HEARTBEAT_SECONDS,
            TimeUnit.SECONDS);
  }
}
