package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bagnetlab.queue.device.nvidia.Gpus.GIB;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bagnetlab.queue.device.SlotChooser.Choice;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Gpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two GPUs, of 12 and of 24 GiB, whose jobs are measured. */
@Timeout(10)
class SlotChooserTests {

  private static final Gpu SMALL = Gpus.gpu(0, 12 * GIB, 0, 12 * GIB);
  private static final Gpu LARGE = Gpus.gpu(1, 24 * GIB, 0, 24 * GIB);
  private static final Map<String, Gpu> BOTH = Map.of(SMALL.uuid(), SMALL, LARGE.uuid(), LARGE);

  private final List<DeviceSlot> slots = slots();
  private final SlotChooser chooser = new SlotChooser(slots);

  private static List<DeviceSlot> slots() {
    Map<Gpu, GpuEngine> engines = new LinkedHashMap<>();
    engines.put(SMALL, GpuEngine.TORCH);
    engines.put(LARGE, GpuEngine.TORCH);
    return DeviceSlot.gpus(engines, GpuSlots.byMeasurement(), 16);
  }

  private static Candidate needing(long gibibytes) {
    return new Candidate(7, OptionalLong.of(gibibytes * GIB), false);
  }

  private Choice choose(Candidate candidate, Map<String, Gpu> readings) {
    List<DeviceSlot> free = slots.stream().filter(slot -> chooser.claim(slot).isEmpty()).toList();
    return chooser.choose(candidate, free, readings);
  }

  private static Gpu gpu(Choice choice) {
    return ((Choice.Start) choice).slot().gpu().orElseThrow();
  }

  private Choice.Start start(Candidate candidate) {
    Choice.Start start = (Choice.Start) choose(candidate, BOTH);
    chooser.started(start.slot(), start.claim());
    return start;
  }

  @Test
  void jobsAreSpreadOverTheGpus() {
    assertThat(List.of(gpu(start(needing(2))), gpu(start(needing(2))), gpu(start(needing(2)))))
        .containsExactly(SMALL, LARGE, SMALL);
  }

  @Test
  void aJobRunsWhereItFits() {
    assertThat(gpu(start(needing(15)))).isEqualTo(LARGE);
    assertThat(choose(needing(15), BOTH))
        .isInstanceOfSatisfying(
            Choice.Wait.class,
            wait -> assertThat(wait.reasons()).containsOnlyKeys(SMALL.uuid(), LARGE.uuid()));
  }

  @Test
  void aJobThatFitsNowhereRunsAlone() {
    Choice.Start start = (Choice.Start) choose(needing(30), BOTH);
    assertThat(start.claim()).isEqualTo(new MemoryClaim.Whole(7));
    assertThat(gpu(start)).isEqualTo(LARGE);
    // The GPU that is large enough has failed.
    assertThat(choose(needing(15), Map.of(SMALL.uuid(), SMALL)))
        .isEqualTo(new Choice.Start(slots.get(0), new MemoryClaim.Whole(7)));
  }

  /** On the small one, which is free, it would fail for good. */
  @Test
  void aJobThatRanOutOfItsShareWaitsForTheLargestGpu() {
    assertThat(gpu(start(needing(15)))).isEqualTo(LARGE);
    Candidate again = new Candidate(8, OptionalLong.of(2 * GIB), true);
    assertThat(choose(again, BOTH))
        .isInstanceOfSatisfying(
            Choice.Wait.class, wait -> assertThat(wait.reasons()).containsOnlyKeys(LARGE.uuid()));
  }

  @Test
  void aJobThatEndsMakesRoom() {
    Choice.Start first = start(needing(15));
    start(needing(9));
    assertThat(choose(needing(9), BOTH)).isInstanceOf(Choice.Wait.class);
    chooser.ended(first.slot());
    assertThat(gpu(choose(needing(9), BOTH))).isEqualTo(LARGE);
  }
}
