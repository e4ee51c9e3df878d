package org.bagnetlab.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.device.DeviceMonitor;
import org.bagnetlab.server.disk.DiskSpace;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.database.Database;

/** Measures the queue, its jobs, the disk and this process, in the base units of Prometheus. */
public final class LabMetrics {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Timeout for reading from the database, and from the file system, which may hang. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Database database;
  private final DiskSpace disk;
  private final DeviceMonitor monitor;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final MultiGauge jobs;
  private final MultiGauge space;
  private final DeviceGauges devices;

  /** The measurement in progress, or else the last one; guarded by {@code this}. */
  private Future<String> text = Future.succeededFuture("");

  /**
   * For each job that has not ended, whether it has started. Used only on the event loop of this
   * object.
   */
  private final Map<Long, Boolean> started = new HashMap<>();

  private LabMetrics(
      Vertx vertx, Database database, JobQueue queue, DiskSpace disk, DeviceMonitor monitor) {
    this.vertx = vertx;
    this.monitor = monitor;
    this.database = database;
    this.disk = disk;
    jobs =
        MultiGauge.builder("bagnetlab.jobs").description("Jobs by their state").register(registry);
    space =
        MultiGauge.builder("bagnetlab.disk")
            .baseUnit("bytes")
            .description("Space of the disk of the data directory")
            .register(registry);
    devices = new DeviceGauges(registry);
    Gauge.builder("bagnetlab.slots", queue, known -> known.devices().size())
        .description("Devices that run jobs, one at a time each")
        .register(registry);
    Gauge.builder("bagnetlab.slots.busy", queue, LabMetrics::busy)
        .description("Devices that run a job now")
        .register(registry);
    Gauge.builder("bagnetlab.database", database, known -> (double) known.bytes())
        .baseUnit("bytes")
        .description("Size of the database's file")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  private static double busy(JobQueue queue) {
    long busy = queue.devices().stream().filter(device -> device.job().isPresent()).count();
    return (double) busy;
  }

  /** Starts measuring. Measuring continues until the server stops. */
  public static LabMetrics start(
      Vertx vertx, Database database, JobQueue queue, DiskSpace disk, DeviceMonitor monitor) {
    LabMetrics metrics = new LabMetrics(vertx, database, queue, disk, monitor);
    vertx.runOnContext(
        now -> {
          QueueEvents.listen(vertx, metrics::record);
          metrics.measureLag();
        });
    return metrics;
  }

  /**
   * Measures the delay of timers. Events have the same delay, since they are sent by the same
   * threads.
   */
  private void measureLag() {
    Timer lag =
        Timer.builder("bagnetlab.event.lag")
            .description("How late the server's event loop is, on which it sends events")
            .register(registry);
    long[] due = {System.nanoTime() + TICK.toNanos()};
    vertx.setPeriodic(
        TICK.toMillis(),
        timer -> {
          long now = System.nanoTime();
          lag.record(Duration.ofNanos(Math.max(0, now - due[0])));
          due[0] = now + TICK.toNanos();
        });
  }

  private void record(QueueEvent event) {
    if (event instanceof QueueEvent.EpochStored stored) {
      timer("bagnetlab.epoch.duration", "Epochs of trainings, validation included", Tags.empty())
          .record(Duration.ofNanos((long) (stored.epoch().seconds() * 1e9)));
    } else if (event instanceof QueueEvent.JobChanged changed) {
      record(changed.job());
    } else if (event instanceof QueueEvent.JobDeleted deleted) {
      started.remove(deleted.job());
    }
  }

  private void record(Job job) {
    JobState state = job.state();
    Tags experiment = Tags.of("experiment", job.spec().kind());
    if (state.name().ended()) {
      if (started.remove(job.id()) != null) {
        duration(StateFacts.of(state))
            .ifPresent(
                duration ->
                    timer(
                            "bagnetlab.job.duration",
                            "From a job's start to its end",
                            experiment.and("state", state.name().name()))
                        .record(duration));
      }
    } else if (state instanceof JobState.Running running) {
      if (Boolean.FALSE.equals(started.put(job.id(), true))) {
        timer("bagnetlab.job.wait", "From a job's submission to its start", experiment)
            .record(between(job.createdAt(), running.startedAt()));
      }
    } else {
      started.putIfAbsent(job.id(), !(state instanceof JobState.Queued));
    }
  }

  private static Optional<Duration> duration(StateFacts ended) {
    return ended.startedAt().flatMap(start -> ended.endedAt().map(end -> between(start, end)));
  }

  /**
   * The duration between two instants; zero if it would be negative, since clocks may be set back.
   */
  private static Duration between(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(
            Stream.of(1, 10, 60, 600, 3_600, 36_000)
                .map(Duration::ofSeconds)
                .toArray(Duration[]::new))
        .register(registry);
  }

  /**
   * All current values in the text format of Prometheus. Values that cannot be read, for example
   * because the database fails, are left out. Concurrent requests share one measurement: two at
   * once would register the same rows, and Prometheus's text format allows no duplicates.
   */
  public synchronized Future<String> text() {
    if (text.isComplete()) {
      text = measured();
    }
    return text;
  }

  private Future<String> measured() {
    Future<Map<String, Long>> counts =
        Futures.of(vertx, database.read(tables -> tables.jobs().counts()))
            .timeout(READ_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    Future<JobCostRow> costs =
        Futures.of(vertx, database.read(tables -> tables.costs().ofAll()))
            .timeout(READ_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    Future<DiskState> state = disk.state().timeout(READ_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    return Future.join(counts, costs, state)
        .transform(
            read -> {
              jobs.register(counts.succeeded() ? rows(counts.result()) : List.of(), true);
              space.register(state.succeeded() ? rows(state.result()) : List.of(), true);
              devices.update(
                  monitor.latest(),
                  costs.succeeded() ? Optional.of(costs.result()) : Optional.empty());
              // Blocks, since it reads the database's size from the disk.
              return vertx.executeBlocking(registry::scrape, false);
            });
  }

  private static List<Row<?>> rows(Map<String, Long> counts) {
    return Stream.of(JobState.Name.values()).<Row<?>>map(name -> row(name, counts)).toList();
  }

  private static List<Row<?>> rows(DiskState state) {
    return List.of(
        Row.of(Tags.of("space", "total"), state.space().total()),
        Row.of(Tags.of("space", "free"), state.space().free()));
  }

  private static Row<Number> row(JobState.Name name, Map<String, Long> counts) {
    return Row.of(Tags.of("state", name.name()), counts.getOrDefault(name.name(), 0L));
  }
}
