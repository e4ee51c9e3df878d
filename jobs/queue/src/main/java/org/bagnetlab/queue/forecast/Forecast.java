package org.bagnetlab.queue.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.bagnetlab.queue.window.OpeningHours;
import org.bagnetlab.storage.job.WaitingRow;

/**
 * Runs the queue ahead of time: which job starts next, and when, if nothing is changed and no job
 * fails. As the scheduler does, it starts the first job that may run in the first slot that is
 * free.
 */
public final class Forecast {

  /** Stands in for an unknown duration where only the order of the jobs is asked for. */
  private static final Duration TYPICAL = Duration.ofHours(1);

  private final List<SlotTime> slots = new ArrayList<>();
  private final Map<Long, End> ends = new HashMap<>();
  private final Set<Long> stuck = new HashSet<>();
  private final LongFunction<Optional<Duration>> durations;

  private Instant now;

  /** The first moment at which a job of unknown duration runs: later starts are unknown. */
  private Instant uncertain = Instant.MAX;

  /** The job that runs then; later starts of other slots depend on it, too. */
  private Optional<Long> unknown = Optional.empty();

  /**
   * A forecast for these slots.
   *
   * @param durations how long a waiting job will take, if that is known
   */
  public Forecast(List<Slot> slots, LongFunction<Optional<Duration>> durations, Instant now) {
    this.durations = durations;
    this.now = now;
    for (Slot slot : slots) {
      SlotTime time = new SlotTime(slot.hours(), now);
      this.slots.add(time);
      slot.running()
          .ifPresent(running -> time.run(running.job(), running.left(), now, Optional.empty()));
    }
  }

  /** Makes all starts unknown, where something keeps the slots from starting jobs. */
  public Forecast stopped() {
    uncertain = Instant.MIN;
    return this;
  }

  /**
   * A start of a job.
   *
   * @param at when; empty if not known
   * @param end when it will have ended; empty if not known
   * @param behind where its start is not known for that, the job of unknown duration whose result
   *     it needs or that its slot runs before; or else the first of other slots
   */
  public record Start(
      long job, Optional<Instant> at, Optional<Instant> end, Optional<Long> behind) {}

  /**
   * The end of a job.
   *
   * @param known whether its start and its duration are known
   * @param behind the job of unknown duration for which it is not known; this may be the job itself
   */
  private record End(Instant at, boolean known, Optional<Long> behind) {}

  /** The time of a slot. */
  private final class SlotTime {
    private final OpeningHours hours;
    private Instant free;

    /** Its first job of unknown duration. */
    private Optional<Long> endless = Optional.empty();

    SlotTime(OpeningHours hours, Instant free) {
      this.hours = hours;
      this.free = free;
    }

    void run(long job, Optional<Duration> duration, Instant start, Optional<Long> behind) {
      if (duration.isEmpty() && isSure(start)) {
        endless = Optional.of(job);
        if (start.isBefore(uncertain)) {
          uncertain = start;
          unknown = endless;
        }
      }
      free = hours.end(start, duration.orElse(TYPICAL));
      Optional<Long> reason = behind.or(() -> endless).filter(any -> duration.isEmpty());
      ends.put(job, new End(free, duration.isPresent(), reason));
    }

    /** The first moment at which it can start a job. */
    Instant next() {
      return hours.start(free.isAfter(now) ? free : now);
    }
  }

  /**
   * The next starts of jobs, in their order. Jobs of which nothing says that they will run are left
   * out.
   *
   * @param waiting in the order in which they should run
   * @param most how many starts to return at most
   */
  public List<Start> starts(List<WaitingRow> waiting, int most) {
    List<WaitingRow> rest = new ArrayList<>(waiting);
    rest.removeIf(job -> job.held() || job.interactive());
    List<Start> starts = new ArrayList<>();
    while (!rest.isEmpty() && !slots.isEmpty() && starts.size() < most) {
      SlotTime slot = slots.stream().min(Comparator.comparing(SlotTime::next)).orElseThrow();
      Instant at = slot.next();
      Optional<WaitingRow> first = first(rest, at);
      if (first.isPresent()) {
        long job = first.get().id();
        Optional<Instant> known = Optional.of(at).filter(this::isSure);
        Optional<Long> behind = behind(first.get(), slot).filter(before -> known.isEmpty());
        Optional<Duration> duration = known.flatMap(time -> durations.apply(job));
        slot.run(job, duration, at, behind);
        starts.add(new Start(job, known, duration.map(time -> slot.free), behind));
      } else {
        Optional<Instant> change = nextChange(rest, at);
        if (change.isEmpty()) {
          rest.forEach(job -> stuck.add(job.id()));
          break;
        }
        now = change.get();
      }
    }
    return starts;
  }

  /**
   * Whether a job waits for one that nothing will end, such as one that is paused or held. Call it
   * after {@link #starts}: of jobs beyond the most that it should return, this is not known.
   */
  public boolean isStuck(long job) {
    return stuck.contains(job);
  }

  /**
   * When the last of these jobs will have ended. Call it after {@link #starts}: of waiting jobs
   * whose starts were not computed, nothing is known.
   */
  public Completion completion(Collection<Long> jobs) {
    Optional<Instant> last = Optional.empty();
    for (long job : jobs) {
      End end = ends.get(job);
      if (end == null) {
        return Completion.UNKNOWN;
      }
      if (!end.known()) {
        return new Completion(Optional.empty(), end.behind());
      }
      last = last.filter(before -> before.isAfter(end.at())).or(() -> Optional.of(end.at()));
    }
    return new Completion(last, Optional.empty());
  }

  /** The job for which the start of another in this slot is not known, if it is not. */
  private Optional<Long> behind(WaitingRow job, SlotTime slot) {
    return job.waitsFor()
        .flatMap(awaited -> Optional.ofNullable(ends.get(awaited)))
        .flatMap(End::behind)
        .or(() -> slot.endless)
        .or(() -> unknown);
  }

  private boolean isSure(Instant start) {
    return !start.isAfter(uncertain);
  }

  /** Takes the first job that may run at this time. */
  private Optional<WaitingRow> first(List<WaitingRow> rest, Instant at) {
    for (Iterator<WaitingRow> jobs = rest.iterator(); jobs.hasNext(); ) {
      WaitingRow job = jobs.next();
      if (from(job).filter(start -> !start.isAfter(at)).isPresent()) {
        jobs.remove();
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  /** When the first of these jobs may run that may not yet. */
  private Optional<Instant> nextChange(List<WaitingRow> rest, Instant after) {
    return rest.stream()
        .flatMap(job -> from(job).stream())
        .filter(start -> start.isAfter(after))
        .min(Comparator.naturalOrder());
  }

  /** From when on a job may run; empty if nothing says that it will. */
  private Optional<Instant> from(WaitingRow job) {
    Optional<Instant> resumed = Optional.of(job.resumesAt().orElse(Instant.MIN));
    return job.waitsFor()
        .map(awaited -> Optional.ofNullable(ends.get(awaited)).map(End::at))
        .orElse(resumed)
        .map(end -> end.isAfter(resumed.get()) ? end : resumed.get());
  }
}
