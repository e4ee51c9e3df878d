package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.bagnetlab.queue.device.SlotChooser.Choice;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Gpus;

/**
 * Random jobs on simulated GPUs, in virtual time. The real {@link SlotChooser} decides where they
 * run. Everything else is simulated: the queue's order, processes that fill a GPU's memory, other
 * programs, and users who move and cancel jobs.
 */
final class SlotSimulation {

  private static final long GIB = Gpus.GIB;

  /** Memory that the driver keeps. */
  private static final long RESERVED = GIB / 4;

  private static final int LONGEST_SECONDS = 3600;
  private static final int OTHERS_SECONDS = 1000;

  /** How a job ended. */
  enum End {
    SUCCEEDED,
    OUT_OF_MEMORY,
    CANCELLED
  }

  /** A job, with what only the simulation knows. */
  private static final class Task {
    final long id;
    final int kind;
    final long need;
    final int seconds;
    int priority;
    double position;
    boolean alone;
    int starts;

    Task(long id, int kind, long need, int seconds, int priority) {
      this.id = id;
      this.kind = kind;
      this.need = need;
      this.seconds = seconds;
      this.priority = priority;
      this.position = id;
    }
  }

  private record Event(long at, long number, Runnable what) {}

  /** A process on a GPU. */
  private static final class Occupant {
    final Task task;
    final DeviceSlot slot;
    final MemoryClaim claim;
    long bytes;

    Occupant(Task task, DeviceSlot slot, MemoryClaim claim) {
      this.task = task;
      this.slot = slot;
      this.claim = claim;
    }
  }

  /** A GPU whose memory fills. */
  private static final class Card {
    final int index;
    final long total;
    final Map<Long, Occupant> processes = new LinkedHashMap<>();
    long others;

    Card(int index, long total) {
      this.index = index;
      this.total = total;
    }

    long used() {
      return others + processes.values().stream().mapToLong(process -> process.bytes).sum();
    }

    Gpu reading() {
      return Gpus.gpu(index, total, used(), total - RESERVED - used());
    }
  }

  private final Random random;
  private final List<Card> cards;
  private final List<DeviceSlot> slots;
  private final SlotChooser chooser;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final TreeSet<Task> queue =
      new TreeSet<>(
          Comparator.<Task>comparingInt(task -> -task.priority)
              .thenComparingDouble(task -> task.position)
              .thenComparingLong(task -> task.id));
  private final Map<Integer, Long> measured = new HashMap<>();
  private final Map<Long, End> ends = new HashMap<>();
  private long now;
  private long number;
  private long head = -1;
  private long headSince;
  private int together;

  /** A simulation of two GPUs with these slots. */
  SlotSimulation(long seed, GpuSlots of) {
    random = new Random(seed);
    cards = List.of(new Card(0, 24 * GIB), new Card(1, 16 * GIB));
    slots =
        cards.stream()
            .flatMap(
                card ->
                    IntStream.rangeClosed(1, of.count())
                        .mapToObj(slot -> new GpuSlot(card.reading(), of, slot)))
            .map(place -> new DeviceSlot(place.label(), "torch-cuda", 1, 1, Optional.of(place)))
            .toList();
    chooser = new SlotChooser(slots);
  }

  /** How each job ended, by its id. */
  Map<Long, End> ends() {
    return ends;
  }

  /** The largest number of jobs that ran on one GPU. */
  int together() {
    return together;
  }

  /** Runs until all of these arrivals have ended. */
  void run(int arrivals, int secondsBetween) {
    long at = 0;
    for (long id = 1; id <= arrivals; id++) {
      at += random.nextInt(2 * secondsBetween);
      Task task = task(id);
      at(at, () -> queue.add(task));
      if (random.nextInt(20) == 0) {
        at(at + random.nextInt(LONGEST_SECONDS), () -> cancel(task));
      }
      if (random.nextInt(10) == 0) {
        at(at + random.nextInt(LONGEST_SECONDS), this::move);
      }
    }
    for (long start = 0; start < at; start += 50L * OTHERS_SECONDS) {
      Card card = cards.get(random.nextInt(cards.size()));
      at(start, () -> othersStart(card));
    }
    while (!events.isEmpty()) {
      Event event = events.remove();
      now = event.at();
      event.what().run();
      schedule();
    }
    assertThat(queue).isEmpty();
  }

  private Task task(long id) {
    int kind = random.nextInt(60);
    // The kind's own need, with which most of its jobs agree. Some need more than any GPU has.
    double gibibytes = new Random(kind).nextInt(10) == 0 ? 20 + kind / 4.0 : 0.2 + kind / 8.0;
    double truth = random.nextInt(50) == 0 ? 1.2 + 2 * random.nextDouble() : 1;
    return new Task(
        id,
        kind,
        (long) (gibibytes * truth * GIB),
        60 + random.nextInt(LONGEST_SECONDS - 60),
        random.nextInt(10) == 0 ? random.nextInt(-2, 3) : 0);
  }

  private void at(long time, Runnable what) {
    events.add(new Event(time, number++, what));
  }

  /** Starts jobs until the next one must wait, as the scheduler does. */
  private void schedule() {
    while (!queue.isEmpty()) {
      Task next = queue.first();
      if (next.id != head) {
        head = next.id;
        headSince = now;
      }
      OptionalLong peak =
          measured.containsKey(next.kind)
              ? OptionalLong.of(measured.get(next.kind))
              : OptionalLong.empty();
      Map<String, Gpu> readings = new HashMap<>();
      cards.forEach(card -> readings.put(card.reading().uuid(), card.reading()));
      Choice choice =
          chooser.choose(
              new Candidate(next.id, peak, next.alone),
              slots.stream().filter(slot -> chooser.claim(slot).isEmpty()).toList(),
              readings);
      if (choice instanceof Choice.Start(DeviceSlot slot, MemoryClaim claim)) {
        start(next, slot, claim);
      } else {
        assertSomethingFreesMemory(next);
        return;
      }
    }
  }

  /** A job must never wait for something that will not happen. */
  private void assertSomethingFreesMemory(Task next) {
    assertThat(
            cards.stream()
                .anyMatch(card -> !card.processes.isEmpty() || card.others > card.total / 10))
        .as("job %d waits although nothing runs", next.id)
        .isTrue();
  }

  private Card card(DeviceSlot slot) {
    return cards.get(slot.gpu().orElseThrow().index());
  }

  private void start(Task task, DeviceSlot slot, MemoryClaim claim) {
    assertThat(now - headSince)
        .as("seconds for which job %d was the next one", task.id)
        .isLessThanOrEqualTo(LONGEST_SECONDS + OTHERS_SECONDS);
    queue.remove(task);
    head = -1;
    task.starts++;
    chooser.started(slot, claim);
    Card card = card(slot);
    Occupant process = new Occupant(task, slot, claim);
    card.processes.put(task.id, process);
    together = Math.max(together, card.processes.size());
    assertClaimsFit(card);
    process.bytes = GpuMemory.CONTEXT - random.nextInt(1 << 28);
    for (int step = 1; step <= 4; step++) {
      long bytes = task.need * step / 4;
      at(now + (long) task.seconds * step / 8, () -> allocate(card, process, bytes));
    }
    at(now + task.seconds, () -> end(card, process, End.SUCCEEDED));
  }

  /** What jobs may use, with what others use, is never more than the memory. */
  private void assertClaimsFit(Card card) {
    long parts = 0;
    for (Occupant process : card.processes.values()) {
      switch (process.claim) {
        case MemoryClaim.Whole _ -> assertThat(card.processes).hasSize(1);
        case MemoryClaim.Part part -> parts += part.share().bytes() + GpuMemory.CONTEXT;
      }
    }
    assertThat(parts + card.others).isLessThanOrEqualTo(card.total - RESERVED);
  }

  /** Grows a process to so many bytes in its allocator, or ends it. */
  private void allocate(Card card, Occupant process, long bytes) {
    if (card.processes.get(process.task.id) != process) {
      return; // it has ended
    }
    LongPredicate fits =
        wanted ->
            process.claim.limit().map(share -> wanted <= share.bytes()).orElse(true)
                && card.used() - process.bytes + wanted + GpuMemory.CONTEXT
                    <= card.total - RESERVED;
    if (fits.test(bytes)) {
      process.bytes = Math.max(process.bytes, bytes + GpuMemory.CONTEXT);
      return;
    }
    switch (process.claim) {
      case MemoryClaim.Whole _ -> end(card, process, End.OUT_OF_MEMORY);
      case MemoryClaim.Part part -> {
        assertThat(bytes)
            .as("a share is always available in full")
            .isGreaterThan(part.share().bytes());
        remove(card, process);
        process.task.alone = true;
        queue.add(process.task);
      }
    }
  }

  private void end(Card card, Occupant process, End how) {
    if (card.processes.get(process.task.id) != process) {
      return;
    }
    remove(card, process);
    assertThat(ends.put(process.task.id, how)).isNull();
    assertThat(process.task.starts).isLessThanOrEqualTo(2);
    if (how == End.SUCCEEDED) {
      measured.merge(process.task.kind, process.task.need, Math::max);
    }
  }

  private void remove(Card card, Occupant process) {
    card.processes.remove(process.task.id);
    chooser.ended(process.slot);
  }

  private void cancel(Task task) {
    if (queue.remove(task)) {
      ends.put(task.id, End.CANCELLED);
    }
    for (Card card : cards) {
      Occupant process = card.processes.get(task.id);
      if (process != null) {
        end(card, process, End.CANCELLED);
      }
    }
  }

  private void move() {
    if (queue.isEmpty()) {
      return;
    }
    List<Task> waiting = new ArrayList<>(queue);
    Task task = waiting.get(random.nextInt(waiting.size()));
    queue.remove(task);
    if (random.nextBoolean()) {
      task.position = waiting.get(random.nextInt(waiting.size())).position - 0.5;
    } else {
      task.priority = random.nextInt(-2, 3);
    }
    queue.add(task);
  }

  /** Another program starts on an idle GPU and ends later; some leave room for jobs. */
  private void othersStart(Card card) {
    if (card.processes.isEmpty() && card.others == 0) {
      card.others = card.total / (random.nextBoolean() ? 20 : 3);
      at(now + random.nextInt(OTHERS_SECONDS), () -> othersEnd(card));
    }
  }

  private void othersEnd(Card card) {
    card.others = 0;
  }
}
