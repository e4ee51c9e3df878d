package org.bagnetlab.queue.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.device.Candidate;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.cost.JobTimeRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * How much GPU memory and how much time a job needs, judged by earlier jobs like it: those with the
 * same settings, except settings that do not change the memory. Where none has succeeded, a running
 * one that says how long it will take tells the time, or else jobs with other networks, which is a
 * rough guess.
 */
public final class LikeJobs {

  /** Settings that change the time that a job takes, but not its memory. */
  private static final List<Parameter<Integer>> LENGTH =
      List.of(TrainExperiment.EPOCHS, NetworkParameters.SUBSET);

  /**
   * Among so many earlier jobs with the same memory, one of the same length is looked for; and
   * among so many of the same kind, those that differ in their networks only.
   */
  private static final int EARLIER = 50;

  /** Settings by which jobs with different networks may differ. */
  private static final Set<String> OF_NETWORKS = Set.of(TrainExperiment.ARCHITECTURE.name());

  /** The training whose network a job uses; its settings stand for the network. */
  private static final String NETWORK = "network";

  private final Tables tables;
  private final Collection<Job> working;
  private final Instant now;

  /** Many jobs differ in the seed only. */
  private final Map<List<Object>, Optional<Estimate>> estimates = new HashMap<>();

  /** The trainings that jobs are about: many are about the same. */
  private final Map<Long, Optional<JobSpec>> networks = new HashMap<>();

  /** The newest jobs of a kind that succeeded, by their settings except those of networks. */
  private final Map<String, Map<String, List<JobTimeRow>>> newest = new HashMap<>();

  /** What tells how long a job takes, the surest first. */
  public enum Basis {
    /** A job like it. */
    LIKE_JOBS,
    /** Jobs with other networks, which is a rough guess. */
    OTHER_NETWORKS
  }

  /** How long a job that is not queued yet would occupy a device. */
  public record Estimate(double seconds, Basis judgedBy) {}

  /**
   * How long several jobs would occupy devices.
   *
   * @param seconds in all, of those of which it is known
   * @param jobs how many these are
   * @param judgedBy what tells it; other networks, if that is so for any of them
   */
  public record Estimates(double seconds, int jobs, Optional<Basis> judgedBy) {}

  /**
   * Jobs to judge others by.
   *
   * @param working those that run now
   */
  public LikeJobs(Tables tables, Collection<Job> working, Instant now) {
    this.tables = tables;
    this.working = working;
    this.now = now;
  }

  /** The next job, with the memory that jobs like it needed. */
  static Candidate candidate(Tables tables, JobRow row) {
    Optional<Long> peak = tables.costs().peakDeviceMemory(settings(tables, JobRows.spec(row)));
    return new Candidate(
        row.id(), peak.map(OptionalLong::of).orElseGet(OptionalLong::empty), row.order().alone());
  }

  /**
   * How long a job will still occupy a device: as a running job says itself, or else as long as the
   * newest job like it, in proportion to their lengths, less what its own workers did before. A
   * trial that pauses after an epoch takes its share of the time. Empty if nothing tells, or if a
   * running job took longer than that already.
   */
  public Optional<Duration> left(long job) {
    Optional<Job> running = working.stream().filter(each -> each.id() == job).findFirst();
    return running
        .flatMap(LikeJobs::reported)
        .or(
            () ->
                tables
                    .jobs()
                    .find(job)
                    .flatMap(this::inAll)
                    .map(all -> all - running.map(this::spent).orElseGet(() -> stored(job)))
                    .filter(left -> running.isEmpty() || left > 0))
        .map(left -> duration(Math.max(0, left)));
  }

  private Optional<Double> inAll(JobRow row) {
    JobSpec spec = JobRows.spec(row);
    return estimate(spec, network(spec)).map(whole -> whole.seconds() * share(row, spec));
  }

  /**
   * How long a job that is not queued yet would occupy a device: as long as the newest job like it.
   * Empty if nothing tells.
   *
   * @param network the training whose network it uses, if that is not queued yet either
   */
  public Optional<Estimate> whole(JobSpec spec, Optional<? extends JobSpec> network) {
    return estimate(spec, network.isPresent() ? network : network(spec));
  }

  /**
   * How long jobs that are not queued yet would occupy devices, as {@link #whole} tells of each.
   */
  public Estimates whole(List<? extends JobSpec> specs) {
    List<Estimate> known =
        specs.stream().flatMap(spec -> whole(spec, Optional.empty()).stream()).toList();
    return new Estimates(
        known.stream().mapToDouble(Estimate::seconds).sum(),
        known.size(),
        known.stream().map(Estimate::judgedBy).max(Comparator.naturalOrder()));
  }

  private Optional<Estimate> estimate(JobSpec spec, Optional<? extends JobSpec> network) {
    List<Object> like = List.of(settings(spec, network), length(spec));
    Optional<Estimate> known = estimates.get(like);
    if (known == null) {
      known =
          ofLikeJobs(spec, settings(spec, network))
              .map(seconds -> new Estimate(seconds, Basis.LIKE_JOBS))
              .or(
                  () ->
                      ofOtherNetworks(spec, network)
                          .map(seconds -> new Estimate(seconds, Basis.OTHER_NETWORKS)));
      estimates.put(like, known);
    }
    return known;
  }

  /**
   * As long as the newest job like it that was as long, or else as a running one, or else as the
   * newest of another length, in proportion.
   */
  private Optional<Double> ofLikeJobs(JobSpec spec, String settings) {
    List<JobTimeRow> earlier = tables.costs().times(settings, EARLIER);
    return earlier.stream()
        .filter(each -> length(StoredSpec.read(each.spec())).equals(length(spec)))
        .findFirst()
        .map(JobTimeRow::deviceSeconds)
        .or(() -> expected(spec, settings))
        .or(
            () ->
                earlier.stream()
                    .flatMap(each -> scaled(each.deviceSeconds(), each.spec(), spec).stream())
                    .findFirst());
  }

  /**
   * On average as long as jobs that differ in their networks only: those that succeeded, and those
   * that run by their own account.
   */
  private Optional<Double> ofOtherNetworks(JobSpec spec, Optional<? extends JobSpec> network) {
    String like = settings(spec, network, OF_NETWORKS);
    DoubleStream succeeded =
        newest.computeIfAbsent(spec.kind(), this::newest).getOrDefault(like, List.of()).stream()
            .flatMap(each -> scaled(each.deviceSeconds(), each.spec(), spec).stream())
            .mapToDouble(Double::doubleValue);
    DoubleStream running =
        working.stream()
            .filter(job -> job.queuePosition().lastEpoch().isEmpty())
            .filter(job -> length(job.spec()).equals(length(spec)))
            .filter(job -> settingsButNetwork(job.spec()).equals(like))
            .flatMap(job -> expected(job).stream())
            .mapToDouble(Double::doubleValue);
    OptionalDouble mean = DoubleStream.concat(succeeded, running).average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }

  private Map<String, List<JobTimeRow>> newest(String kind) {
    List<JobTimeRow> times = tables.costs().timesOfKind(kind, EARLIER);
    List<Long> runs =
        times.stream()
            .flatMap(each -> StoredSpec.read(each.spec()).subject().stream())
            .distinct()
            .toList();
    tables.jobs().find(runs).forEach(run -> networks.put(run.id(), Optional.of(JobRows.spec(run))));
    return times.stream()
        .collect(Collectors.groupingBy(each -> settingsButNetwork(StoredSpec.read(each.spec()))));
  }

  private String settingsButNetwork(JobSpec spec) {
    return settings(spec, network(spec), OF_NETWORKS);
  }

  /** Empty unless the same settings of both jobs tell their lengths. */
  private static Optional<Double> scaled(double seconds, String earlier, JobSpec spec) {
    JobSpec before = StoredSpec.read(earlier);
    double ratio = 1;
    for (Parameter<Integer> length : LENGTH) {
      Optional<Integer> now = spec.find(length);
      Optional<Integer> then = before.find(length);
      if (now.isPresent() != then.isPresent()) {
        return Optional.empty();
      }
      ratio *= now.map(value -> (double) value / then.orElse(value)).orElse(1.0);
    }
    return Optional.of(ratio * seconds);
  }

  /** How long a running job like this one takes by its own account. */
  private Optional<Double> expected(JobSpec spec, String settings) {
    return working.stream()
        .filter(job -> job.queuePosition().lastEpoch().isEmpty())
        .filter(job -> length(job.spec()).equals(length(spec)))
        .filter(job -> settings(job.spec(), network(job.spec())).equals(settings))
        .flatMap(job -> expected(job).stream())
        .findFirst();
  }

  private Optional<Double> expected(Job job) {
    return reported(job).map(left -> spent(job) + left);
  }

  /** How many seconds a running job has left by its own account. */
  private static Optional<Double> reported(Job job) {
    return job.progress().map(Progress::secondsLeft).filter(seconds -> seconds >= 0);
  }

  /** What is stored may be older than the start of the job's worker. */
  private double spent(Job job) {
    return StateFacts.of(job.state())
        .startedAt()
        .map(start -> Math.max(stored(job.id()), Duration.between(start, now).toMillis() / 1000.0))
        .orElseGet(() -> stored(job.id()));
  }

  private double stored(long job) {
    return tables.costs().ofJob(job).map(JobCostRow::deviceSeconds).orElse(0.0);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static List<Optional<Integer>> length(JobSpec spec) {
    return LENGTH.stream().map(spec::find).toList();
  }

  private static double share(JobRow row, JobSpec spec) {
    return row.order()
        .lastEpoch()
        .flatMap(last -> spec.find(TrainExperiment.EPOCHS).map(epochs -> (double) last / epochs))
        .orElse(1.0);
  }

  /** Records the settings of a job that starts, so that later ones are compared with it. */
  static void record(Tables tables, long job) {
    JobRow row = tables.jobs().find(job).orElseThrow();
    tables.jobs().memorySettings(job, settings(tables, JobRows.spec(row)));
  }

  private Optional<JobSpec> network(JobSpec spec) {
    return spec.subject()
        .flatMap(
            run ->
                networks.computeIfAbsent(run, any -> tables.jobs().find(any).map(JobRows::spec)));
  }

  /** The training whose network a job uses. */
  private static Optional<JobSpec> network(Tables tables, JobSpec spec) {
    return spec.subject().flatMap(tables.jobs()::find).map(JobRows::spec);
  }

  private static String settings(Tables tables, JobSpec spec) {
    return settings(spec, network(tables, spec));
  }

  private static String settings(JobSpec spec, Optional<? extends JobSpec> network) {
    return settings(spec, network, Set.of());
  }

  private static String settings(
      JobSpec spec, Optional<? extends JobSpec> network, Set<String> without) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kind", spec.kind());
    settings.putAll(values(spec, without));
    network.ifPresent(run -> settings.put(NETWORK, values(run, without)));
    return Json.line(settings);
  }

  private static Map<String, Object> values(JobSpec spec, Set<String> without) {
    Map<String, Object> values = new LinkedHashMap<>(spec.settings().affectingMemory());
    values.keySet().removeAll(without);
    return values;
  }
}
