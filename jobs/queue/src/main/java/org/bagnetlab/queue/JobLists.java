package org.bagnetlab.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.forecast.Completion;
import org.bagnetlab.queue.forecast.Forecast;
import org.bagnetlab.queue.forecast.Outlook;
import org.bagnetlab.queue.forecast.Slot;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.schedule.Lanes;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.queue.window.OpeningHours;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.JobTable;
import org.bagnetlab.storage.job.WaitingRow;
import org.bagnetlab.storage.sweep.SweepRow;

/**
 * Lists jobs.
 *
 * @param slots the devices of the queue, in the order of those of the lanes
 * @param windows when the devices run jobs
 */
record JobLists(JobStore jobs, Lanes lanes, List<DeviceSlot> slots, JobWindows windows) {

  /** After so many starts, times are not looked up any more: each takes queries, and is a guess. */
  private static final int MOST_TIMED = 1000;

  /** A page of a list. */
  JobPage page(Tables tables, JobFilter filter, JobOrder order, int limit, int offset) {
    JobTable table = tables.jobs();
    Map<String, Long> counts = table.counts();
    Map<String, Long> matching = new HashMap<>(counts);
    filter
        .kind()
        .ifPresent(
            kind -> matching.replaceAll((state, n) -> table.count(kind, Optional.of(state))));
    matching.keySet().removeIf(state -> !filter.has(JobState.Name.valueOf(state)));
    long total = matching.values().stream().mapToLong(Long::longValue).sum();
    return switch (order) {
      case NEWEST ->
          new JobPage(newest(table, filter, limit, offset), Map.of(), total, counts, table.held());
      case EXECUTION ->
          inExecutionOrder(tables, filter, limit, offset).with(total, counts, table.held());
    };
  }

  /**
   * When a waiting job runs; empty if it does not wait, if nothing says that it will run, or if
   * more than a thousand others run before.
   */
  Optional<QueuePlace> place(Tables tables, long job) {
    List<WaitingRow> waiting = tables.jobs().waiting();
    return waiting.stream().anyMatch(row -> row.id() == job)
        ? Optional.ofNullable(
            places(waiting, forecast(tables, working(tables.jobs())).starts(waiting, MOST_TIMED))
                .get(job))
        : Optional.empty();
  }

  /** When the queue's work will be done. */
  Outlook outlook(Tables tables) {
    List<WaitingRow> waiting = tables.jobs().waiting();
    Forecast forecast = forecast(tables, working(tables.jobs()));
    var _ = forecast.starts(waiting, MOST_TIMED);
    Stream<Long> running = lanes.devices().stream().flatMap(device -> device.job().stream());
    Stream<Long> next =
        waiting.stream()
            .filter(job -> !job.held() && !job.interactive())
            .map(WaitingRow::id)
            .filter(job -> !forecast.isStuck(job));
    Map<String, Completion> sweeps = new LinkedHashMap<>();
    for (SweepRow sweep : tables.sweeps().all()) {
      if (SweepRows.isWhole(sweep) && !sweep.held() && sweep.endedAt().isEmpty()) {
        sweeps.put(
            sweep.name(),
            sweep.halvingFactor().isPresent()
                ? Completion.UNKNOWN
                : forecast.completion(tables.sweeps().jobs(sweep.name(), JobState.Name.OPEN)));
      }
    }
    return new Outlook(forecast.completion(Stream.concat(running, next).toList()), sweeps);
  }

  /** How long jobs take, judged by others. */
  LikeJobs likeJobs(Tables tables) {
    return new LikeJobs(tables, working(tables.jobs()), jobs.now());
  }

  private List<Job> newest(JobTable table, JobFilter filter, int limit, int offset) {
    List<JobRow> rows =
        filter.state().filter(JobState.Name.QUEUED::equals).isPresent()
            ? table.queued(filter.kind(), limit, offset)
            : table.newest(filter.state().map(Enum::name), filter.kind(), limit, offset);
    return rows.stream().map(jobs::job).toList();
  }

  private record Listed(List<Job> jobs, Map<Long, QueuePlace> places) {
    JobPage with(long total, Map<String, Long> counts, int held) {
      return new JobPage(jobs, places, total, counts, held);
    }
  }

  private Listed inExecutionOrder(Tables tables, JobFilter filter, int limit, int offset) {
    JobTable table = tables.jobs();
    List<Job> working = working(table);
    List<WaitingRow> waiting = table.waiting();
    int most = (int) Math.min(Integer.MAX_VALUE, (long) limit + offset);
    boolean hasWaiting = filter.has(JobState.Name.QUEUED) || filter.has(JobState.Name.INTERRUPTED);
    List<Forecast.Start> starts =
        hasWaiting ? forecast(tables, working).starts(waiting, most) : List.of();
    Map<Long, QueuePlace> places = places(waiting, starts);

    List<Long> open = new ArrayList<>();
    working.stream().filter(job -> matches(filter, job)).map(Job::id).forEach(open::add);
    open.addAll(queued(waiting, places, filter));
    Stream.of(JobState.Name.INTERRUPTED, JobState.Name.PAUSED)
        .filter(filter::has)
        .flatMap(state -> table.newest(Optional.of(state.name()), filter.kind(), most, 0).stream())
        .map(JobRow::id)
        .forEach(open::add);

    List<Long> shown = open.stream().skip(offset).limit(limit).toList();
    List<JobRow> rows = new ArrayList<>(table.find(shown));
    int rest = limit - shown.size();
    if (rest > 0) {
      int skipped = Math.max(0, offset - open.size());
      rows.addAll(table.ended(filter.state().map(Enum::name), filter.kind(), rest, skipped));
    }
    places.keySet().retainAll(new HashSet<>(shown));
    return new Listed(rows.stream().map(jobs::job).toList(), places);
  }

  private List<Job> working(JobTable table) {
    return Stream.of(JobState.Name.RUNNING, JobState.Name.PAUSING)
        .flatMap(state -> table.oldest(state.name(), Integer.MAX_VALUE).stream())
        .map(jobs::job)
        .toList();
  }

  private static boolean matches(JobFilter filter, Job job) {
    return filter.has(job.state().name())
        && filter.kind().filter(kind -> !kind.equals(job.spec().kind())).isEmpty();
  }

  /**
   * Interactive jobs, which run beside the queue; those that will start; those that wait for more.
   */
  private static List<Long> queued(
      List<WaitingRow> waiting, Map<Long, QueuePlace> places, JobFilter filter) {
    if (!filter.has(JobState.Name.QUEUED)) {
      return List.of();
    }
    Map<Long, WaitingRow> queued = new LinkedHashMap<>();
    waiting.stream()
        .filter(job -> job.state().equals(JobState.Name.QUEUED.name()))
        .filter(job -> filter.kind().filter(kind -> !kind.equals(job.kind())).isEmpty())
        .forEach(job -> queued.put(job.id(), job));
    Set<Long> ids = new LinkedHashSet<>();
    queued.values().stream().filter(WaitingRow::interactive).map(WaitingRow::id).forEach(ids::add);
    places.keySet().stream().filter(queued::containsKey).forEach(ids::add);
    ids.addAll(queued.keySet());
    return List.copyOf(ids);
  }

  /** The places of the jobs that start, in the order of their starts. */
  private static Map<Long, QueuePlace> places(
      Collection<WaitingRow> waiting, List<Forecast.Start> starts) {
    Set<Long> queued = new HashSet<>();
    waiting.stream()
        .filter(job -> job.state().equals(JobState.Name.QUEUED.name()))
        .forEach(job -> queued.add(job.id()));
    // That nobody looked for their times does not mean that these are not known.
    Set<Long> untimed =
        starts.stream().skip(MOST_TIMED).map(Forecast.Start::job).collect(Collectors.toSet());
    Map<Long, QueuePlace> places = new LinkedHashMap<>();
    int position = 0;
    for (Forecast.Start start : starts) {
      OptionalInt place =
          queued.contains(start.job()) ? OptionalInt.of(++position) : OptionalInt.empty();
      Optional<Long> behind = start.behind().filter(job -> !untimed.contains(job));
      places.put(start.job(), new QueuePlace(place, start.at(), start.end(), behind));
    }
    return places;
  }

  private Forecast forecast(Tables tables, List<Job> working) {
    Instant now = jobs.now();
    LikeJobs likeJobs = new LikeJobs(tables, working, now);
    List<Device> devices = lanes.devices();
    List<Slot> usable = new ArrayList<>();
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      OpeningHours hours = windows.of(slots.get(i));
      Slot slot =
          new Slot(
              hours, devices.get(i).job().map(job -> new Slot.Running(job, likeJobs.left(job))));
      all.add(slot);
      // A window that is closed opens again; of other refusals nobody knows when they end.
      if (devices.get(i).refusal().isEmpty() || hours.refusal(now).isPresent()) {
        usable.add(slot);
      }
    }
    AtomicInteger timed = new AtomicInteger();
    Forecast forecast =
        new Forecast(
            usable.isEmpty() ? all : usable,
            job -> timed.incrementAndGet() > MOST_TIMED ? Optional.empty() : likeJobs.left(job),
            now);
    return usable.isEmpty() ? forecast.stopped() : forecast;
  }
}
