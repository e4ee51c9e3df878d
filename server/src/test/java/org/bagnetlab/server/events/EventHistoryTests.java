package org.bagnetlab.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.MemoryClaim;
import org.bagnetlab.queue.event.QueueEvent;
import org.junit.jupiter.api.Test;

/** What was missed is told while it is known, and never guessed. */
class EventHistoryTests {

  private final EventHistory history = new EventHistory("abc", 3);

  private void happen(int times) {
    for (int i = 0; i < times; i++) {
      history.add(
          new QueueEvent.DeviceChanged(
              Device.of(
                  new DeviceSlot("CPU", "cpu", 2),
                  Optional.of(new MemoryClaim.Whole(i)),
                  Optional.empty())));
    }
  }

  @Test
  void tellsWhatHappenedSince() {
    happen(3);
    assertThat(history.since("abc-1").orElseThrow())
        .extracting(LabEvent::number)
        .containsExactly(2L, 3L);
    assertThat(history.since("abc-3").orElseThrow()).isEmpty();
    assertThat(history.since("abc-0").orElseThrow()).hasSize(3);
    assertThat(history.since(history.now()).orElseThrow()).isEmpty();
  }

  @Test
  void knowsThatItForgot() {
    happen(5);
    assertThat(history.since("abc-2").orElseThrow()).hasSize(3);
    assertThat(history.since("abc-1")).isEmpty();
  }

  @Test
  void knowsNothingOfOtherServers() {
    happen(2);
    assertThat(history.since("abd-1")).isEmpty();
    assertThat(history.since("abc-9")).isEmpty();
    assertThat(history.since("abc-x")).isEmpty();
    assertThat(history.since("")).isEmpty();
  }
}
