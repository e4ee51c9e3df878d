package org.bagnetlab.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.contract.Contract;

/** Reads a stream of server-sent events as a browser does, and holds them to the contract. */
public final class EventStream implements AutoCloseable {

  /** An event. */
  public record Event(String type, String id, JsonNode data) {}

  private final Stream<String> lines;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  EventStream(HttpResponse<Stream<String>> response) {
    this.lines = response.body();
    Iterator<String> read = lines.iterator();
    Thread reader = new Thread(() -> read(read), "event-stream");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Iterator<String> received) {
    String type = "";
    String id = "";
    try {
      for (String line : (Iterable<String>) () -> received) {
        if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
          events.add(new Event("", id, Json.MAPPER.nullNode()));
        } else if (line.startsWith("data: ")) {
          events.add(new Event(type, id, Json.MAPPER.readTree(line.substring(6))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      // The server ended the stream, or the test did.
    }
  }

  /** The next event that is wanted; skips others. */
  public Event await(Predicate<Event> wanted) throws InterruptedException {
    while (true) {
      Event event = events.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("not heard of");
      }
      if (!event.type().isEmpty()) {
        Contract.ours().checkEvent(event.type(), event.data());
      }
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  /** The next event of this type. */
  public Event await(String type) throws InterruptedException {
    return await(event -> event.type().equals(type));
  }

  /** A job once it is in this state. */
  public JsonNode await(long job, String state) throws InterruptedException {
    return await(
            event ->
                event.type().equals("job")
                    && event.data().path("id").asLong() == job
                    && event.data().path("state").asText().equals(state))
        .data();
  }

  @Override
  public void close() {
    lines.close();
  }
}
