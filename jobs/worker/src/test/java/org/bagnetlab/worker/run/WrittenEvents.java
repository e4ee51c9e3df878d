package org.bagnetlab.worker.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerEvent;

/** Reads what a worker writes, line by line, as the server would. */
public final class WrittenEvents extends OutputStream {

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<WorkerEvent> events = new ArrayList<>();
  private final Consumer<WorkerEvent> listener;

  /** Tells a listener of each event. */
  public WrittenEvents(Consumer<WorkerEvent> listener) {
    this.listener = listener;
  }

  @Override
  public void write(int value) throws IOException {
    line.write(value);
    if (value == '\n') {
      WorkerEvent event = Json.MAPPER.readValue(line.toByteArray(), WorkerEvent.class);
      line.reset();
      events.add(event);
      listener.accept(event);
    }
  }

  /** Writes to this. */
  public EventWriter writer() {
    return new EventWriter(
        new PrintStream(this, true, StandardCharsets.UTF_8),
        () -> new Usage(1, Optional.empty(), Optional.empty()));
  }

  /** All so far. */
  public List<WorkerEvent> events() {
    return events;
  }

  /** Those of a type, so far. */
  public <E extends WorkerEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
