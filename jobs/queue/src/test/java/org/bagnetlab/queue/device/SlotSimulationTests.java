package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.LongStream;
import org.bagnetlab.queue.device.SlotSimulation.End;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand random jobs. The simulation itself checks that shares never exceed the memory, and
 * that no job waits longer at the head of the queue than the longest job takes.
 */
@Timeout(60)
class SlotSimulationTests {

  private static final int JOBS = 10_000;

  @ParameterizedTest(name = "{0} slots, measured: {1}, seed {2}")
  @CsvSource({"8, true, 1", "3, false, 2", "1, false, 3"})
  void noJobIsLost(int slots, boolean measured, long seed) {
    SlotSimulation simulation = new SlotSimulation(seed, new GpuSlots(slots, measured));
    simulation.run(JOBS, 400);
    assertThat(simulation.ends().keySet())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, JOBS).boxed().toList());
    assertThat(Collections.frequency(simulation.ends().values(), End.SUCCEEDED))
        .isGreaterThan(JOBS * 3 / 4);
    assertThat(simulation.together()).isBetween(Math.min(slots, 3), slots);
  }
}
