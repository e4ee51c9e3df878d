package org.bagnetlab.worker.run;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerEvent;

/** Writes events to stdout, one line each. */
public final class EventWriter {

  private static final int HEARTBEAT_SECONDS = 5;

  private final PrintStream out;
  private final Supplier<Usage> usage;

  /**
   * Writes to the given stream.
   *
   * @param usage measures what this process has used
   */
  public EventWriter(PrintStream out, Supplier<Usage> usage) {
    this.out = out;
    this.usage = usage;
  }

  /** Writes an event; before the last one, what the process has used. */
  public synchronized void write(WorkerEvent event) {
    if (event instanceof WorkerEvent.End) {
      writeUsage();
    }
    out.println(Json.line(event));
  }

  private synchronized void writeUsage() {
    out.println(Json.line(new WorkerEvent.Heartbeat(usage.get())));
  }

  /** Reports every few seconds that the process is alive, and what it has used. */
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
            this::writeUsage, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }
}
