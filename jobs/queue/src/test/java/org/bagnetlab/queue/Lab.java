package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.queue.device.DeviceMeters;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.QueueDevices;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.job.RetryPolicy;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.job.Transition;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.SmallCatalogue;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.file.LabStorage;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/**
 * A queue with real storage, for tests. Its workers are threads of this process, except where the
 * death of a process is what is tested.
 */
public final class Lab implements AutoCloseable {

  public static final WorkerLimits PATIENT =
      limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(20));

  public static WorkerLimits limits(Duration silence, Duration grace, Duration retry) {
    return new WorkerLimits(
        silence,
        silence,
        grace,
        grace,
        Duration.ZERO,
        Duration.ofMinutes(1),
        new RetryPolicy(5, retry, retry),
        1 << 20);
  }

  final Vertx vertx = Vertx.vertx();
  public final DataDirectory directory;
  public final Database database;
  public final ArtifactStore artifacts;
  public final JobQueue queue;
  final SmallCatalogue catalogue = new SmallCatalogue();
  final List<QueueEvent> heard = new CopyOnWriteArrayList<>();
  private final BlockingQueue<QueueEvent> news = new LinkedBlockingQueue<>();

  /** Measures how long workers are silent: they are not, unless it is started. */
  public final Stopwatch silence = new Stopwatch();

  /** How often the next transactions may ask for the time before one fails; 0: none does. */
  private final AtomicInteger readings = new AtomicInteger();

  /** How much later it is for the lab. */
  private volatile Duration ahead = Duration.ZERO;

  private final InstantSource source =
      () -> {
        if (Thread.currentThread().getName().startsWith("database-writer")
            && readings.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
          throw new IllegalStateException("The disk is full.");
        }
        return Instant.now().plus(ahead);
      };

  private volatile String behaviour;
  private volatile Optional<String> gate = Optional.empty();

  /** Makes a launcher of one that starts tiny workers here, for a data directory. */
  interface Launchers {
    WorkerLauncher of(TinyLauncher tiny, Path data) throws IOException;
  }

  /** What runs the jobs of a lab. */
  record Setup(
      List<DeviceSlot> slots,
      Optional<InteractiveLane> lane,
      Function<Vertx, List<StartGate>> gates,
      Optional<NvidiaSmi> gpus,
      JobPolicy policy,
      Launchers launchers) {

    /** Workers in this process, on a processor. */
    static Setup standard() {
      return new Setup(
          List.of(new DeviceSlot("CPU", "cpu", 1)),
          Optional.empty(),
          vertx -> List.of(),
          Optional.empty(),
          JobPolicy.none(),
          (tiny, data) -> tiny.inThisProcess());
    }

    Setup on(List<DeviceSlot> others) {
      return new Setup(others, lane, gates, gpus, policy, launchers);
    }

    Setup withLane(Optional<InteractiveLane> other) {
      return new Setup(slots, other, gates, gpus, policy, launchers);
    }

    Setup withGates(Function<Vertx, List<StartGate>> others) {
      return new Setup(slots, lane, others, gpus, policy, launchers);
    }

    Setup withGpus(NvidiaSmi others) {
      return new Setup(slots, lane, gates, Optional.of(others), policy, launchers);
    }

    Setup within(JobPolicy other) {
      return new Setup(slots, lane, gates, gpus, other, launchers);
    }

    Setup startedBy(Launchers others) {
      return new Setup(slots, lane, gates, gpus, policy, others);
    }
  }

  public Lab(Path root, String behaviour, WorkerLimits limits) throws IOException {
    this(root, behaviour, limits, Setup.standard());
  }

  /** A queue whose workers are processes. */
  public static Lab ofProcesses(Path root, String behaviour, WorkerLimits limits)
      throws IOException {
    return new Lab(root, behaviour, limits, Setup.standard().startedBy((tiny, data) -> tiny));
  }

  Lab(Path root, String behaviour, WorkerLimits limits, Setup setup) throws IOException {
    this.behaviour = behaviour;
    LabStorage storage = LabStorage.open(root, Recovery.REFUSE);
    directory = storage.directory();
    database = storage.database();
    artifacts = storage.artifacts();
    result(
        QueueEvents.listen(
                vertx,
                event -> {
                  heard.add(event);
                  news.add(event);
                })
            .completion());
    queue =
        result(
            JobQueue.start(
                vertx,
                new QueueSetup(
                    storage,
                    catalogue,
                    new WorkerSetup(
                        setup.launchers().of(new TinyLauncher(() -> this.behaviour), root),
                        new QueueDevices(setup.slots(), setup.gpus(), DeviceMeters.none()),
                        setup.lane(),
                        Stream.concat(
                                Stream.<StartGate>of(slot -> Future.succeededFuture(gate)),
                                setup.gates().apply(vertx).stream())
                            .toList(),
                        setup.policy(),
                        limits),
                    source.withZone(ZoneOffset.UTC),
                    silence)));
    queue.startJobs();
  }

  /** Moves the lab's time. */
  void passTime(Duration time) {
    ahead = ahead.plus(time);
  }

  public void nextWorkers(String how) {
    behaviour = how;
  }

  public void closeGate(String why) {
    gate = Optional.of(why);
  }

  public void openGate() {
    gate = Optional.empty();
  }

  public Job submit() throws IOException {
    return submit("{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\"}");
  }

  /** The sweep that JSON with single quotes describes. */
  public static SweepPlan plan(String json) throws IOException {
    return new SweepReader(new JobSpecReader(new SmallCatalogue()))
        .read(Json.MAPPER.readTree(json.replace('\'', '"')));
  }

  /** Submits the sweep that JSON with single quotes describes. */
  public Sweeps.Submitted submitSweep(String json) throws IOException {
    return result(queue.sweeps().submit(plan(json)));
  }

  public Job submit(String json) throws IOException {
    JobRequest request = new JobSpecReader(new SmallCatalogue()).read(Json.MAPPER.readTree(json));
    return result(queue.submit(request));
  }

  /** Submits an interactive job, unless there is one of the same specification. */
  JobQueue.Submission submitInteractive(String json) throws IOException {
    JobRequest request = new JobSpecReader(new SmallCatalogue()).read(Json.MAPPER.readTree(json));
    return result(queue.submitInteractive(request));
  }

  /** The first event from now on, or since the last call, that is of this kind and job. */
  public <E extends QueueEvent> E await(Class<E> kind, Function<E, Boolean> wanted)
      throws InterruptedException {
    return await(kind, wanted, Duration.ofSeconds(30));
  }

  private <E extends QueueEvent> E await(
      Class<E> kind, Function<E, Boolean> wanted, Duration patience) throws InterruptedException {
    while (true) {
      QueueEvent event = news.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        throw new AssertionError("not heard of; heard: " + heard);
      }
      if (kind.isInstance(event) && wanted.apply(kind.cast(event))) {
        return kind.cast(event);
      }
    }
  }

  /** The job once it is in this state. */
  public Job await(long id, JobState.Name state) throws InterruptedException {
    return await(id, state, Duration.ofSeconds(30));
  }

  /** The job once it is in this state, though nothing may be heard of for so long before. */
  public Job await(long id, JobState.Name state, Duration patience) throws InterruptedException {
    return await(
            QueueEvent.JobChanged.class,
            event -> event.job().id() == id && event.job().state().name() == state,
            patience)
        .job();
  }

  public void awaitProgress(long id) throws InterruptedException {
    await(QueueEvent.Progressed.class, event -> event.job() == id);
  }

  /** Once the device is free, the worker's directory is cleared. */
  public void awaitFreeDevice() throws InterruptedException {
    await(QueueEvent.DeviceChanged.class, event -> event.device().job().isEmpty());
  }

  /** Lets workers that wait for it go on. */
  void go() throws IOException {
    Files.createFile(directory.datasets().resolve(TinyWorker.GO));
  }

  /** Lets a transaction fail: the one that asks for the time so many times from now. */
  void failAt(int reading) {
    readings.set(reading);
  }

  /** Nothing is stored before the latch is open. */
  void slowDatabase(CountDownLatch latch) {
    var _ =
        database.write(
            tables -> {
              try {
                return latch.await(60, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
  }

  /** Kills the worker of a running job. */
  public void kill(long id) {
    long pid = result(queue.find(id)).worker().orElseThrow().pid();
    WorkerThread.running(pid)
        .ifPresentOrElse(
            WorkerThread::destroyForcibly,
            () -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  /** What tests must not share that look for threads by their names. */
  public static final String THREADS = "threads";

  /** Ends after it has told of the end of a job's worker. */
  Thread exitOfWorker(long id) {
    return thread("worker-%d-exit".formatted(id));
  }

  /** Waits until a worker's reports have to wait. */
  void awaitBlockedReader(long id) {
    Thread reader = thread("worker-%d-stdout".formatted(id));
    while (Stream.of(reader.getStackTrace())
        .noneMatch(call -> call.getClassName().equals(Semaphore.class.getName()))) {
      Thread.onSpinWait();
    }
  }

  private static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The causes of a job's changes, the oldest first. */
  public List<Cause> causes(long id) {
    return result(queue.timeline(id)).stream().map(Transition::cause).toList();
  }

  /** What a job cost so far. */
  public Optional<JobCostRow> cost(long id) {
    return database.read(tables -> tables.costs().ofJob(id)).join();
  }

  /** Why a job is in its state. */
  public static Cause cause(Job job) {
    return StateFacts.of(job.state()).cause().orElseThrow();
  }

  /** A cause that ended a tiny worker where most of its behaviours wait. */
  public static Cause inSecondEpoch(Cause cause) {
    return new Cause.During(cause, Optional.of(new Cause.Position(Phase.TRAINING, 2, 31, 150)));
  }

  public List<EpochRow> epochs(long id) {
    return database.read(tables -> tables.runs().epochs(id)).join();
  }

  /** The only number that a tiny worker finds. */
  public ResultRow tested(long id) {
    return database.read(tables -> tables.results().ofJob(id)).join().get(0);
  }

  public List<ArtifactRow> artifacts(long id) {
    return database.read(tables -> tables.artifacts().ofJob(id)).join();
  }

  public static <T> T result(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Expects a failure that is caused by the refusal with this code. */
  static Consumer<Throwable> refusal(String code) {
    return failure ->
        assertThat(failure.getCause())
            .isInstanceOfSatisfying(
                RequestRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Override
  public void close() throws IOException {
    result(queue.close());
    result(vertx.close());
    artifacts.close();
    database.close();
    directory.close();
  }
}
