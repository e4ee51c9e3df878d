package org.bagnetlab.server.configuration;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.server.message.NoticeKind;

/** Reads the events that a recipient is subscribed to. */
final class NoticeEvents {

  private static final Set<NoticeKind> KINDS = EnumSet.complementOf(EnumSet.of(NoticeKind.TEST));

  private NoticeEvents() {}

  /** The events with these names; all if there are none. */
  static Set<NoticeKind> of(Optional<List<String>> names) {
    if (names.filter(List::isEmpty).isPresent()) {
      throw new IllegalArgumentException("events must name an event, or be left out for all");
    }
    return names
        .map(given -> given.stream().map(NoticeEvents::kind).collect(Collectors.toSet()))
        .orElse(KINDS);
  }

  private static NoticeKind kind(String name) {
    return KINDS.stream()
        .filter(kind -> kind.written().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no event '%s'. Known: %s"
                        .formatted(
                            name,
                            KINDS.stream()
                                .map(NoticeKind::written)
                                .collect(Collectors.joining(", ")))));
  }
}
