package org.bagnetlab.queue.device;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.device.GpuMemory.Admission;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * Chooses the slot for the next job, and knows what the running jobs may use of their GPUs. Does no
 * input or output, and may be used by one thread only.
 */
public final class SlotChooser {

  /** What counts as equal memory: drivers reserve different amounts. */
  private static final double ALMOST = 0.95;

  private final Map<String, GpuSlots> slots = new LinkedHashMap<>();
  private final Map<DeviceSlot, MemoryClaim> claims = new HashMap<>();
  private final OtherPrograms otherPrograms = new OtherPrograms();

  /** A chooser for these slots, which are all free. */
  public SlotChooser(List<DeviceSlot> all) {
    all.stream()
        .flatMap(slot -> slot.place().stream())
        .forEach(place -> slots.put(place.gpu().uuid(), place.slots()));
  }

  /** Where the next job starts, if it does. */
  public sealed interface Choice {

    /** It starts. */
    record Start(DeviceSlot slot, MemoryClaim claim) implements Choice {}

    /**
     * It waits, and so do all jobs after it.
     *
     * @param reasons sentences, by the UUIDs of the GPUs
     */
    record Wait(Map<String, String> reasons) implements Choice {}
  }

  /**
   * Chooses the slot of a job: on the GPU with the fewest jobs, of those with enough memory.
   *
   * @param free slots without a job; those of GPUs without readings are not chosen
   * @param readings the latest readings of the GPUs that can run jobs, by UUID
   */
  public Choice choose(Candidate candidate, List<DeviceSlot> free, Map<String, Gpu> readings) {
    Map<String, GpuMemory> memories = memories(readings);
    boolean fits = memories.values().stream().anyMatch(memory -> memory.couldHold(candidate));
    Candidate placed = fits ? candidate : candidate.onItsOwn();
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Place place : inOrder(free, placed.alone() ? largest(memories) : memories)) {
      switch (place.memory().admit(placed)) {
        case Admission.Admitted(MemoryClaim claim) -> {
          return new Choice.Start(place.slot(), claim);
        }
        case Admission.Waits(String reason) ->
            reasons.putIfAbsent(place.memory().gpu().uuid(), reason);
      }
    }
    return new Choice.Wait(reasons);
  }

  /**
   * The GPUs with the most memory, of those that can run jobs: a job that ran out of a share, or
   * that fits into no share, must not fail because it got a small GPU.
   */
  private static Map<String, GpuMemory> largest(Map<String, GpuMemory> memories) {
    long most =
        memories.values().stream()
            .filter(memory -> memory.gpu().unusable().isEmpty())
            .mapToLong(GpuMemory::capacity)
            .max()
            .orElse(0);
    Map<String, GpuMemory> largest = new LinkedHashMap<>(memories);
    largest.values().removeIf(memory -> memory.capacity() < ALMOST * most);
    return largest;
  }

  private record Place(DeviceSlot slot, GpuMemory memory) {}

  /** The slots on these GPUs, those of GPUs with fewer jobs first. */
  private static List<Place> inOrder(List<DeviceSlot> free, Map<String, GpuMemory> memories) {
    return free.stream()
        .flatMap(
            slot ->
                uuid(slot)
                    .flatMap(uuid -> Optional.ofNullable(memories.get(uuid)))
                    .map(memory -> new Place(slot, memory))
                    .stream())
        .sorted(Comparator.comparingInt(place -> place.memory().claims().size()))
        .toList();
  }

  private Map<String, GpuMemory> memories(Map<String, Gpu> readings) {
    Map<String, GpuMemory> memories = new LinkedHashMap<>();
    slots.forEach(
        (uuid, of) ->
            Optional.ofNullable(readings.get(uuid))
                .ifPresent(reading -> memories.put(uuid, memory(uuid, of, reading))));
    return memories;
  }

  private GpuMemory memory(String uuid, GpuSlots of, Gpu reading) {
    List<MemoryClaim> running =
        claims.entrySet().stream()
            .filter(entry -> uuid(entry.getKey()).filter(uuid::equals).isPresent())
            .map(Map.Entry::getValue)
            .toList();
    return new GpuMemory(reading, of, running, otherPrograms.estimate(reading, running));
  }

  private static Optional<String> uuid(DeviceSlot slot) {
    return slot.gpu().map(Gpu::uuid);
  }

  /** Records that a job starts. */
  public void started(DeviceSlot slot, MemoryClaim claim) {
    claims.put(slot, claim);
  }

  /** Records that the job of a slot has ended. */
  public void ended(DeviceSlot slot) {
    claims.remove(slot);
  }

  /** What the job of a slot may use; empty if none runs. */
  public Optional<MemoryClaim> claim(DeviceSlot slot) {
    return Optional.ofNullable(claims.get(slot));
  }
}
