package org.bagnetlab.server.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.event.QueueEvent;

/**
 * Keeps the latest events with their numbers, so that a page can get the events it missed after a
 * lost connection. The id of an event also identifies the server process, since the numbers of
 * another process are invalid here.
 */
final class EventHistory {

  private final String server;
  private final int capacity;
  private final Deque<LabEvent> events = new ArrayDeque<>();
  private long last;

  EventHistory(String server, int capacity) {
    this.server = server;
    this.capacity = capacity;
  }

  LabEvent add(QueueEvent event) {
    last++;
    LabEvent added = EventJson.of(last, event);
    events.addLast(added);
    if (events.size() > capacity) {
      events.removeFirst();
    }
    return added;
  }

  String id(long number) {
    return server + "-" + number;
  }

  /** The id of the latest event, after which a new page continues. */
  String now() {
    return id(last);
  }

  /** The events after the one with this id. Empty if they are no longer known. */
  Optional<List<LabEvent>> since(String id) {
    String mark = server + "-";
    if (!id.startsWith(mark) || !id.substring(mark.length()).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(id.substring(mark.length()));
    if (number > last || number < last - events.size()) {
      return Optional.empty();
    }
    return Optional.of(events.stream().filter(event -> event.number() > number).toList());
  }
}
